package io.utter.text.en;

import io.utter.text.table.KeyedTable;
import io.utter.text.table.Later;
import io.utter.text.table.Resource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes a word apart into the most likely words: each costs minus the logarithm of its probability, the cheapest sum wins. Where upstream
 * asks a table of counts that may not be shipped (wordsegment), this asks how common a word is by rank, and else the dictionary. Hyphens
 * and dots inside the word always part it, which upstream ignores: it reads "twenty-nine" as the unknown word "twentynine".
 *
 * <p>A word that is dearer in parts than as something unknown stays whole. Takes time in proportion to the word's length; thread-safe.
 */
final class FrequencySegmenter implements WordSegmenter {
    private static final Pattern MARKS = Pattern.compile("[.\\-]+");
    private static final Pattern NOT_IN_WORDS = Pattern.compile("[^a-z0-9]+");

    private static final int LONGEST_WORD = 24;
    private static final double COST_PER_UNIT = 1 / 20.0;

    // Chosen to agree with wordsegment on unknown words and joined words of manual pages, and never to tear off a letter lightly.
    private static final double UNKNOWN = 6;
    private static final double UNKNOWN_PER_LETTER = 1;
    private static final double RARE_WORD = 5.8;
    private static final double RARE_SHORT_WORD = 6.8;
    private static final double ABBREVIATION = 8;

    private final KeyedTable costs;
    private final PhoneTable dictionary;

    private FrequencySegmenter(KeyedTable costs, PhoneTable dictionary) {
        this.costs = costs;
        this.dictionary = dictionary;
    }

    /** A segmenter that reads its table when it is first asked. */
    static WordSegmenter loadedLater(PhoneTable dictionary) {
        Later<WordSegmenter> loaded = new Later<>(() ->
                new FrequencySegmenter(new KeyedTable(Resource.bytes(FrequencySegmenter.class, "word-costs.bin")), dictionary));
        return word -> loaded.get().segment(word);
    }

    @Override
    public List<String> segment(String word) {
        return Arrays.stream(MARKS.split(word))
                .map(part -> NOT_IN_WORDS.matcher(part).replaceAll(""))
                .filter(part -> !part.isEmpty())
                .map(this::cheapest)
                .flatMap(List::stream)
                .toList();
    }

    private List<String> cheapest(String letters) {
        double[] costUpTo = new double[letters.length() + 1];
        int[] lastWordStart = new int[letters.length() + 1];
        for (int end = 1; end <= letters.length(); end++) {
            costUpTo[end] = Double.MAX_VALUE;
            for (int start = Math.max(0, end - LONGEST_WORD); start < end; start++) {
                double cost = costUpTo[start] + cost(letters.substring(start, end));
                if (cost < costUpTo[end]) {
                    costUpTo[end] = cost;
                    lastWordStart[end] = start;
                }
            }
        }
        Deque<String> words = new ArrayDeque<>();
        for (int end = letters.length(); end > 0; end = lastWordStart[end]) {
            words.addFirst(letters.substring(lastWordStart[end], end));
        }
        return new ArrayList<>(words);
    }

    private double cost(String word) {
        return costs.find(word).map(value -> (value[0] & 0xff) * COST_PER_UNIT).orElseGet(() -> switch (word.length()) {
            case 1 -> ABBREVIATION;
            case 2 -> isInDictionary(word) ? ABBREVIATION : unknown(word);
            case 3 -> isInDictionary(word) ? RARE_SHORT_WORD : unknown(word);
            default -> isInDictionary(word) ? RARE_WORD : unknown(word);
        });
    }

    private boolean isInDictionary(String word) {
        return dictionary.find(word).isPresent();
    }

    private static double unknown(String word) {
        return UNKNOWN + UNKNOWN_PER_LETTER * word.length();
    }
}
