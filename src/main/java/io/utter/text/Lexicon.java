package io.utter.text;

import io.utter.error.UtterException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Words that are read in another way than the languages would read them, as the owner of a voice wants it. A line per word, its columns
 * separated by tabs: language code, word, reading as in {@link Markup}. Empty lines and lines that begin with {@code #} say nothing.
 *
 * <p>A word that is written in lower case is found in capitals too. Words of alphabets are found whole only.
 */
public final class Lexicon {
    public static final Lexicon EMPTY = new Lexicon(List.of());

    private final List<Entry> entries;
    private final Map<Character, List<Entry>> byFirst = new HashMap<>();

    /** A word of a language and its reading, and the line that says so. */
    record Entry(Language language, String word, String reading, int line) {
        private boolean anyCase() {
            return word.equals(word.toLowerCase(Locale.ROOT));
        }
    }

    private Lexicon(List<Entry> entries) {
        this.entries = List.copyOf(entries);
        for (Entry entry : entries) {
            char first = entry.word.charAt(0);
            byFirst.computeIfAbsent(first, c -> new ArrayList<>()).add(entry);
            char capital = Character.toUpperCase(first);
            if (entry.anyCase() && capital != first) {
                byFirst.computeIfAbsent(capital, c -> new ArrayList<>()).add(entry);
            }
        }
        byFirst.values().forEach(words -> words.sort(Comparator.comparingInt((Entry entry) -> entry.word.length()).reversed()));
    }

    /**
     * @param lines of the file
     * @throws UtterException.InvalidInput ({@code bad_lexicon}) that names the first line that is none
     */
    public static Lexicon read(List<String> lines) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                entries.add(entry(line, i + 1));
            }
        }
        return new Lexicon(entries);
    }

    private static Entry entry(String line, int number) {
        String[] columns = line.split("\t");
        Optional<Language> language = Language.of(columns[0].strip().toLowerCase(Locale.ROOT));
        if (columns.length != 3 || language.isEmpty() || columns[1].isBlank() || columns[2].isBlank()) {
            throw new UtterException.InvalidInput("lexicon", "bad_lexicon",
                    "Line " + number + " of the lexicon is not: language code, tab, word, tab, reading.");
        }
        return new Entry(language.get(), columns[1].strip(), columns[2].strip(), number);
    }

    List<Entry> entries() {
        return entries;
    }

    /** The longest word that begins there, of those that a text of that kind can hold. */
    Optional<Entry> at(String text, int at, LanguageMode mode) {
        return byFirst.getOrDefault(text.charAt(at), List.of()).stream().filter(entry -> fits(entry, text, at) && occurs(entry.language, mode)).findFirst();
    }

    private static boolean fits(Entry entry, String text, int at) {
        int end = at + entry.word.length();
        return text.regionMatches(entry.anyCase(), at, entry.word, 0, entry.word.length())
                && !(at > 0 && isOneWord(text.codePointBefore(at), text.codePointAt(at)))
                && !(end < text.length() && isOneWord(text.codePointBefore(end), text.codePointAt(end)));
    }

    /** Whether neighbours belong to the same word for sure: both are letters of an alphabet. */
    private static boolean isOneWord(int before, int after) {
        return isAlphabetic(before) && isAlphabetic(after);
    }

    private static boolean isAlphabetic(int point) {
        return Character.isLetter(point) && Character.getType(point) != Character.OTHER_LETTER;
    }

    /** English words occur in every text. */
    private static boolean occurs(Language language, LanguageMode mode) {
        return language == Language.ENGLISH || mode.language().map(named -> named == language).orElse(true);
    }
}
