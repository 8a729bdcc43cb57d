package io.utter.text.yue;

import io.utter.text.Language;
import io.utter.text.LanguageFrontEnd;
import io.utter.text.Pronunciation;
import io.utter.text.SpokenWord;
import io.utter.text.SymbolTable;
import io.utter.text.table.Later;
import io.utter.text.zh.MandarinNormalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Cantonese, as upstream reads it (spec/gpt-sovits.md 2.11). The table of words is read when the first piece is pronounced. */
public final class CantoneseFrontEnd implements LanguageFrontEnd {
    private static final Pattern SYLLABLE = Pattern.compile("[a-z]{1,6}[1-6]");
    private static final String MARKS = "!?…,.-";
    private static final char FIRST_CHARACTER = '\u4e00';
    private static final char LAST_CHARACTER = '\u9fa5';

    /** Beginnings of syllables in upstream's order: the first that fits is taken. */
    private static final List<String> ONSETS = List.of(("aa aai aak aap aat aau ai au ap at ak a p b e ts t dz d kw k gw g f h l m ng n s y w c z j"
            + " ong on ou oi ok o uk ung").split(" "));

    private final Later<Readings> readings = new Later<>(Readings::new);

    @Override
    public Language language() {
        return Language.CANTONESE;
    }

    @Override
    public boolean suits(SymbolTable symbols) {
        return symbols == SymbolTable.V2;
    }

    @Override
    public Pronunciation pronounce(String piece) {
        String normalized = normalize(piece);
        List<String> phones = new ArrayList<>();
        List<Integer> counts = new ArrayList<>(normalized.length());
        List<SpokenWord> words = new ArrayList<>(normalized.length());
        for (Readings.Read word : readings.get().of(normalized)) {
            int before = phones.size();
            for (int i = 0; i < word.syllables().size(); i++) {
                List<String> said = phones(word.text().charAt(i), word.syllables().get(i));
                phones.addAll(said);
                counts.add(said.size());
            }
            words.add(new SpokenWord(word.text(), String.join(" ", word.syllables()), phones.size() - before));
        }
        return new Pronunciation(normalized, phones, counts, words);
    }

    private static List<String> phones(char character, String syllable) {
        return MARKS.indexOf(character) >= 0 ? List.of(String.valueOf(character)) : syllable.isEmpty() ? List.of() : phones(syllable);
    }

    @Override
    public Optional<List<String>> syllable(String jyutping) {
        return Optional.of(jyutping).filter(spelled -> SYLLABLE.matcher(spelled).matches()).map(CantoneseFrontEnd::phones)
                .filter(phones -> !phones.isEmpty() && phones.stream().allMatch(SymbolTable.V2::contains));
    }

    private static String normalize(String piece) {
        StringBuilder normalized = new StringBuilder();
        for (String sentence : MandarinNormalizer.sentences(piece)) {
            sentence.replace("...", "…").chars().map(CantoneseFrontEnd::mark)
                    .filter(c -> c >= FIRST_CHARACTER && c <= LAST_CHARACTER || MARKS.indexOf(c) >= 0)
                    .forEach(c -> normalized.append((char) c));
        }
        return normalized.toString();
    }

    private static int mark(int character) {
        return switch (character) {
            case '：', '；', '，', '·', '、' -> ',';
            case '。', '$' -> '.';
            case '！' -> '!';
            case '？' -> '?';
            case '—', '～', '~' -> '-';
            default -> character;
        };
    }

    /** Onset, then rhyme with tone; a syllable that is all onset repeats its last letter. Upstream keeps two syllables of one character together. */
    private static List<String> phones(String syllable) {
        if (syllable.startsWith("nga")) {
            return List.of("Yng", "Y" + syllable.substring(2));
        }
        for (String onset : ONSETS) {
            if (syllable.startsWith(onset)) {
                String rest = syllable.substring(onset.length());
                boolean toneAlone = rest.length() == 1;
                return List.of("Y" + onset, "Y" + (toneAlone ? onset.charAt(onset.length() - 1) : "") + rest);
            }
        }
        return List.of();
    }
}
