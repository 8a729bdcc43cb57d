package io.utter.text.mixed;

import io.utter.text.table.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts text into phrases as BudouX does: between two characters if the weights of what stands around are positive in sum. The file has a line
 * per weight: feature, characters, weight, separated by tabs.
 */
final class PhraseSplitter {
    private final Map<String, Map<String, Integer>> weights = new HashMap<>();
    private final double base;

    PhraseSplitter(String file) {
        long sum = 0;
        for (String line : Resource.lines(PhraseSplitter.class, file)) {
            String[] columns = line.split("\t");
            int weight = Integer.parseInt(columns[2]);
            weights.computeIfAbsent(columns[0], feature -> new HashMap<>()).put(columns[1], weight);
            sum += weight;
        }
        this.base = -0.5 * sum;
    }

    /** The phrases in order; none of no text. */
    List<String> phrases(String text) {
        int[] points = text.codePoints().toArray();
        List<String> phrases = new ArrayList<>();
        int start = 0;
        for (int i = 1; i < points.length; i++) {
            if (score(points, i) > 0) {
                phrases.add(new String(points, start, i - start));
                start = i;
            }
        }
        if (points.length > 0) {
            phrases.add(new String(points, start, points.length - start));
        }
        return phrases;
    }

    /** Of a cut before the character {@code i}. */
    private double score(int[] points, int i) {
        return base
                + weight("UW1", points, i - 3, i - 2) + weight("UW2", points, i - 2, i - 1) + weight("UW3", points, i - 1, i)
                + weight("UW4", points, i, i + 1) + weight("UW5", points, i + 1, i + 2) + weight("UW6", points, i + 2, i + 3)
                + weight("BW1", points, i - 2, i) + weight("BW2", points, i - 1, i + 1) + weight("BW3", points, i, i + 2)
                + weight("TW1", points, i - 3, i) + weight("TW2", points, i - 2, i + 1) + weight("TW3", points, i - 1, i + 2)
                + weight("TW4", points, i, i + 3);
    }

    private int weight(String feature, int[] points, int from, int to) {
        Map<String, Integer> known = weights.get(feature);
        if (known == null || from < 0 || to > points.length) {
            return 0;
        }
        return known.getOrDefault(new String(points, from, to - from), 0);
    }
}
