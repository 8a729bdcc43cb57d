package io.utter.text.en;

import io.utter.text.table.Later;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Phones of a single word, whatever its part of speech: dictionary, names, spelling aloud, possessive, words inside the word, and at last
 * a guess from the letters (spec/gpt-sovits.md 2.8, {@code qryword}). Thread-safe.
 */
final class WordPronouncer {
    private static final int LONGEST_SPELLED = 3;
    private static final Set<String> VOICELESS = Set.of("P", "T", "K", "F", "TH", "HH");
    private static final Set<String> SIBILANT = Set.of("S", "Z", "SH", "ZH", "CH", "JH");

    private final PhoneTable words;
    private final Supplier<PhoneTable> names = new Later<>(() -> PhoneTable.load("names.bin"));
    private final Supplier<SpellingModel> spelling = new Later<>(SpellingModel::load);
    private final WordSegmenter segmenter;

    WordPronouncer(PhoneTable words, WordSegmenter segmenter) {
        this.words = words;
        this.segmenter = segmenter;
    }

    /** @param word as written: only words that start with their one capital are looked up as names */
    List<String> pronounce(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        Optional<List<String>> known = lower.length() > 1 ? words.find(lower) : Optional.empty();
        if (known.isEmpty() && isTitle(word)) {
            known = names.get().find(lower);
        }
        return known.orElseGet(() -> pronounceUnknown(lower));
    }

    /** The letter's name, from the dictionary; the article is another matter. */
    List<String> letter(char letter) {
        return words.find(String.valueOf(letter)).orElseThrow();
    }

    private List<String> pronounceUnknown(String word) {
        if (word.length() <= LONGEST_SPELLED) {
            return spelled(word);
        }
        if (isPossessive(word)) {
            return withPossessive(pronounce(word.substring(0, word.length() - 2)));
        }
        List<String> parts = segmenter.segment(word);
        if (parts.size() == 1) {
            return spelling.get().predict(word);
        }
        return parts.stream().map(this::pronounce).flatMap(List::stream).toList();
    }

    private List<String> spelled(String word) {
        Function<Integer, List<String>> name = point -> {
            if (point == 'a') {
                return List.of("EY1");
            }
            return Character.isLetter(point) ? letter((char) point.intValue()) : List.of(Character.toString(point));
        };
        return word.chars().boxed().map(name).flatMap(List::stream).toList();
    }

    private static List<String> withPossessive(List<String> phones) {
        String last = phones.isEmpty() ? "" : phones.getLast();
        List<String> possessive = new ArrayList<>(phones);
        if (VOICELESS.contains(last)) {
            possessive.add("S");
        } else {
            if (SIBILANT.contains(last)) {
                possessive.add("AH0");
            }
            possessive.add("Z");
        }
        return possessive;
    }

    private static boolean isPossessive(String word) {
        return word.endsWith("'s") && word.chars().limit(word.length() - 2L).allMatch(letter -> letter >= 'a' && letter <= 'z');
    }

    /** Python's {@code str.istitle} for the alphabet of normalised text: a capital wherever letters begin, and nowhere else. */
    private static boolean isTitle(String word) {
        boolean insideLetters = false;
        for (char c : word.toCharArray()) {
            boolean letter = Character.isLetter(c);
            if (letter && Character.isUpperCase(c) == insideLetters) {
                return false;
            }
            insideLetters = letter;
        }
        return true;
    }
}
