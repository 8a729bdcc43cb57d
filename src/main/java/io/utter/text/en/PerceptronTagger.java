package io.utter.text.en;

import io.utter.text.table.KeyedTable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Parts of speech (Penn Treebank tags) by an averaged perceptron, from left to right; the algorithm and features of Matthew Honnibal's
 * textblob-aptagger, which nltk's tagger shares. Thread-safe.
 */
final class PerceptronTagger {
    private static final double WEIGHTS_PER_UNIT = 1000;
    private static final int SUFFIX = 3;

    private final List<String> tags;
    private final KeyedTable fixedTags;
    private final KeyedTable weights;

    /**
     * @param tags every tag in alphabetical order
     * @param fixedTags words that have one tag only, to its position in {@code tags}, one byte
     * @param weights features to their weights: each is a tag's position, one byte, and the weight in thousandths, a zigzag varint
     */
    PerceptronTagger(List<String> tags, KeyedTable fixedTags, KeyedTable weights) {
        this.tags = List.copyOf(tags);
        this.fixedTags = fixedTags;
        this.weights = weights;
    }

    /** The tag of every word, in order. */
    List<String> tag(List<String> words) {
        List<String> context = Stream.of(
                        Stream.of("-START-", "-START2-"), words.stream().map(PerceptronTagger::contextForm), Stream.of("-END-", "-END2-"))
                .flatMap(part -> part)
                .toList();
        List<String> found = new ArrayList<>(words.size());
        String before = "-START-";
        String beforeThat = "-START2-";
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            List<String> around = context.subList(i, i + 5);
            String tag = fixedTags.find(word).map(value -> tags.get(value[0])).orElse(null);
            if (tag == null) {
                tag = best(features(word, around, before, beforeThat));
            }
            found.add(tag);
            beforeThat = before;
            before = tag;
        }
        return found;
    }

    /** @param around two words before, the word itself and two words after it, in the form of {@link #contextForm} */
    private static List<String> features(String word, List<String> around, String before, String beforeThat) {
        return List.of(
                "bias",
                feature("i suffix", suffix(word)),
                feature("i pref1", word.substring(0, 1)),
                feature("i-1 tag", before),
                feature("i-2 tag", beforeThat),
                feature("i tag+i-2 tag", feature(before, beforeThat)),
                feature("i word", around.get(2)),
                feature("i-1 tag+i word", feature(before, around.get(2))),
                feature("i-1 word", around.get(1)),
                feature("i-1 suffix", suffix(around.get(1))),
                feature("i-2 word", around.get(0)),
                feature("i+1 word", around.get(3)),
                feature("i+1 suffix", suffix(around.get(3))),
                feature("i+2 word", around.get(4)));
    }

    private static String feature(String name, String value) {
        return name + " " + value;
    }

    /** The tag with the highest score; of equal ones the last in the alphabet. Sums run in double precision in the features' order. */
    private String best(List<String> features) {
        double[] scores = new double[tags.size()];
        for (String feature : features) {
            weights.find(feature).map(ByteBuffer::wrap).ifPresent(entries -> {
                while (entries.hasRemaining()) {
                    scores[entries.get()] += varint(entries) / WEIGHTS_PER_UNIT;
                }
            });
        }
        double highest = Arrays.stream(scores).max().orElseThrow();
        int best = scores.length - 1;
        while (scores[best] != highest) {
            best--;
        }
        return tags.get(best);
    }

    private static int varint(ByteBuffer bytes) {
        int zigzag = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes.get();
            zigzag |= (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    private static String contextForm(String word) {
        return word.indexOf('-') > 0 ? "!HYPHEN" : word.toLowerCase(Locale.ROOT);
    }

    private static String suffix(String word) {
        return word.substring(Math.max(0, word.length() - SUFFIX));
    }
}
