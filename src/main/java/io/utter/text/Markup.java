package io.utter.text;

import io.utter.error.UtterException.InvalidInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a writer says in a text about how it is to be read: {@code {word|reading}} and {@code {pause 0.5s}}, or {@code {pause 300ms}}. Braces
 * around anything else are text like any other. A reading is
 *
 * <ul>
 *   <li>phones between slashes: {@code {GIF|/JH IH1 F/}};
 *   <li>syllables with tones, in pinyin or, in Cantonese, in Jyutping: {@code {重庆|chong2 qing4}};
 *   <li>or the word as it would be spelled if it were read that way: {@code {tsk|tisk}}, {@code {今日|きょう}}.
 * </ul>
 *
 * <p>The words of a lexicon are treated as if they were marked. In the text that remains, a private-use character stands for each marked word,
 * so that cutting neither divides nor moves it.
 */
final class Markup {
    private static final char FIRST_PLACE = '\ue000';
    private static final char LAST_PLACE = '\uf8ff';
    private static final Pattern MARK = Pattern.compile(
            "\\{(?:pause (?<amount>\\d{1,5}(?:\\.\\d{1,3})?) ?(?<unit>ms|s)|(?<word>[^{}|\n]{1,200})\\|(?<reading>[^{}|\n]{1,200}))\\}");
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final List<Passage> passages = new ArrayList<>();
    private final List<Word> words = new ArrayList<>();

    /**
     * Text between pauses.
     *
     * @param pauseBefore silence before it; empty for the usual one
     */
    record Passage(Optional<Duration> pauseBefore, String text) {}

    /**
     * A marked word.
     *
     * @param entry where the lexicon marks it, not the writer
     */
    record Word(String word, String reading, Optional<Lexicon.Entry> entry) {
        /** The language that the lexicon says. */
        Optional<Language> language() {
            return entry.map(Lexicon.Entry::language);
        }
    }

    private Markup() {}

    /** Of a text in which nothing is marked. */
    static Markup none() {
        return new Markup();
    }

    /** @throws InvalidInput about {@code input} ({@code pause_too_long}, {@code too_many_readings}) */
    static Markup parse(String text, LanguageMode mode, Lexicon lexicon) {
        Markup markup = new Markup();
        markup.read(text, mode, lexicon);
        return markup;
    }

    /** The text in parts; at least one. */
    List<Passage> passages() {
        return passages;
    }

    List<Word> words() {
        return words;
    }

    static boolean isPlace(int point) {
        return point >= FIRST_PLACE && point <= LAST_PLACE;
    }

    /** Which of {@link #words()} a character stands for. */
    static int word(int place) {
        return place - FIRST_PLACE;
    }

    /** A part of the text with the marked words as they are written. */
    String written(String part) {
        if (words.isEmpty()) {
            return part;
        }
        StringBuilder written = new StringBuilder(part.length());
        part.chars().forEach(c -> {
            if (isPlace(c)) {
                written.append(words.get(word(c)).word());
            } else {
                written.append((char) c);
            }
        });
        return written.toString();
    }

    private void read(String text, LanguageMode mode, Lexicon lexicon) {
        Matcher mark = MARK.matcher(text);
        StringBuilder passage = new StringBuilder();
        Optional<Duration> pause = Optional.empty();
        for (int at = 0; at < text.length(); ) {
            if (text.charAt(at) == '{' && mark.region(at, text.length()).lookingAt()) {
                if (mark.group("word") != null) {
                    passage.append(place(new Word(mark.group("word"), mark.group("reading").strip(), Optional.empty())));
                } else {
                    boolean first = pause.isEmpty() || !passage.toString().isBlank();
                    passages.add(new Passage(pause, passage.toString()));
                    Duration more = pause(mark.group("amount"), mark.group("unit"));
                    pause = Optional.of(first ? more : pause.get().plus(more));
                    passage.setLength(0);
                }
                at = mark.end();
            } else {
                Optional<Lexicon.Entry> known = lexicon.at(text, at, mode);
                if (known.isPresent()) {
                    String word = text.substring(at, at + known.get().word().length());
                    passage.append(place(new Word(word, known.get().reading(), known)));
                    at += word.length();
                } else {
                    char c = text.charAt(at++);
                    if (!isPlace(c)) { // nobody can say a private character
                        passage.append(c);
                    }
                }
            }
        }
        passages.add(new Passage(pause, passage.toString()));
    }

    private char place(Word word) {
        if (words.size() > LAST_PLACE - FIRST_PLACE) {
            throw new InvalidInput("input", "too_many_readings", "The text has too many words with readings of their own.");
        }
        words.add(word);
        return (char) (FIRST_PLACE + words.size() - 1);
    }

    private static Duration pause(String amount, String unit) {
        Duration pause = Duration.ofNanos(Math.round(Double.parseDouble(amount) * (unit.equals("s") ? 1e9 : 1e6)));
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            throw new InvalidInput("input", "pause_too_long", "A pause may last " + LONGEST_PAUSE.toSeconds() + " s at most.");
        }
        return pause;
    }
}
