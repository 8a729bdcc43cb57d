package io.utter.text.ja;

import io.utter.text.SpokenWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Phones with marks for the pitch: {@code [} it rises, {@code ]} it falls, {@code #} an accent phrase ends, {@code _} a pause. The parts of
 * Open JTalk's {@code jpcommon} that upstream's {@code pyopenjtalk_g2p_prosody} asks for.
 */
final class Prosody {
    static final char PAUSE = '、';
    static final char UNVOICED = '’';
    private static final char LONG = 'ー';

    /** Numbers in Open JTalk's labels end here. */
    private static final int HIGHEST_NUMBER = 49;

    private static final Set<String> ENDS_OF_MORAS = Set.of("a", "i", "u", "e", "o", "N", "cl");

    private final PrefixTable moras;

    Prosody(Rules rules) {
        this.moras = new PrefixTable(rules.rows("jpcommon_mora_list", 3));
    }

    /** Adds to the phones, and to the spoken words those that have some. */
    void write(Utterance words, List<String> marked, List<SpokenWord> spoken) {
        Writer writer = new Writer();
        for (Word word = words.first(); word != null; word = word.after) {
            writer.add(word);
        }
        writer.write(marked, spoken);
    }

    private static final class Phrase {
        private final int accent;
        private int moras;

        Phrase(int accent) {
            this.accent = accent;
        }
    }

    /** @param mora its number within the phrase, from 1 */
    private record Phone(String name, Phrase phrase, int mora) {}

    private final class Writer {
        private final List<Optional<Phone>> phones = new ArrayList<>(); // empty for a pause
        private final List<Word> sources = new ArrayList<>(); // of every phone
        private Phrase phrase;
        private Word pause; // that none has followed yet; else null

        void add(Word word) {
            String sounds = word.pronunciation;
            if (sounds.equals(String.valueOf(PAUSE))) {
                pause = word;
                return;
            }
            boolean begun = false;
            for (int at = 0; at < sounds.length(); ) {
                if (sounds.charAt(at) == LONG) {
                    if (!phones.isEmpty() && pause == null) {
                        say(phones.getLast().orElseThrow().name, ++phrase.moras, word);
                    }
                    at++;
                } else if (sounds.charAt(at) == UNVOICED) {
                    at++;
                } else {
                    Optional<List<String>> mora = moras.find(sounds, at);
                    if (mora.isEmpty()) {
                        return;
                    }
                    if (!begun) {
                        begin(word);
                        begun = true;
                    }
                    phrase.moras++;
                    mora.get().stream().skip(1).filter(phone -> !phone.isEmpty()).forEach(phone -> say(phone, phrase.moras, word));
                    at += mora.get().getFirst().length();
                }
            }
        }

        private void begin(Word word) {
            if (phrase == null || word.chain != Word.Chain.JOINED) {
                phrase = new Phrase(word.accent());
            }
            if (pause != null && !phones.isEmpty()) {
                phones.add(Optional.empty());
                sources.add(pause);
            }
            pause = null;
        }

        private void say(String phone, int mora, Word word) {
            phones.add(Optional.of(new Phone(phone, phrase, mora)));
            sources.add(word);
        }

        void write(List<String> marked, List<SpokenWord> spoken) {
            int before = marked.size();
            for (int i = 0; i < phones.size(); i++) {
                if (phones.get(i).isEmpty()) {
                    marked.add("_");
                } else {
                    Phone phone = phones.get(i).get();
                    marked.add(phone.name);
                    Optional<Phone> next = i + 1 < phones.size() ? phones.get(i + 1) : Optional.empty();
                    next.ifPresent(following -> mark(phone, bounded(following.mora), marked));
                }
                if (i + 1 == phones.size() || sources.get(i + 1) != sources.get(i)) {
                    spoken.add(spoken(sources.get(i), marked.size() - before));
                    before = marked.size();
                }
            }
        }

        private static SpokenWord spoken(Word word, int phones) {
            boolean silent = word.pronunciation.equals(String.valueOf(PAUSE));
            return new SpokenWord(word.surface, silent ? "" : word.pronunciation.replace(String.valueOf(UNVOICED), ""), phones);
        }

        private static void mark(Phone phone, int next, List<String> marked) {
            int moras = phone.phrase.moras;
            int accent = phone.phrase.accent == 0 ? moras : phone.phrase.accent;
            int mora = bounded(phone.mora);
            if (bounded(moras - phone.mora + 1) == 1 && next == 1 && ENDS_OF_MORAS.contains(phone.name)) {
                marked.add("#");
            } else if (phone.mora == accent && next == mora + 1 && mora != bounded(moras)) {
                marked.add("]");
            } else if (mora == 1 && next == 2) {
                marked.add("[");
            }
        }

        private static int bounded(int number) {
            return Math.min(number, HIGHEST_NUMBER);
        }
    }
}
