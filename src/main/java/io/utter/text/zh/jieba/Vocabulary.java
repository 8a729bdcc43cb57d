package io.utter.text.zh.jieba;

import io.utter.text.table.Resource;
import io.utter.text.table.Trie;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The words of the dictionary, how common they are and what they are. Thread-safe. */
final class Vocabulary {
    static final String UNKNOWN = "x";

    private final Trie words;
    private final double[] logFrequencies;
    private final byte[] tagOfWord;
    private final String[] tags;
    private final double logTotal;

    private Vocabulary(ByteBuffer file) {
        this.words = new Trie(file);
        ByteBuffer rest = file.slice(words.bytes(), file.capacity() - words.bytes());
        this.logFrequencies = new double[words.size()];
        long total = 0;
        for (int word = 0; word < logFrequencies.length; word++) {
            int frequency = rest.getInt();
            total += frequency;
            logFrequencies[word] = Math.log(frequency);
        }
        this.logTotal = Math.log(total);
        this.tagOfWord = new byte[words.size()];
        rest.get(tagOfWord);
        byte[] names = new byte[rest.remaining()];
        rest.get(names);
        this.tags = new String(names, StandardCharsets.UTF_8).split("\n");
    }

    static Vocabulary load() {
        return new Vocabulary(Resource.buffer(Vocabulary.class, "words.bin"));
    }

    boolean contains(CharSequence text) {
        int word = words.find(text);
        return word != Trie.NONE && logFrequencies[word] >= 0;
    }

    String tag(String text) {
        int word = words.find(text);
        return word == Trie.NONE ? UNKNOWN : tags[tagOfWord[word]];
    }

    /**
     * Where the word that begins at each character ends, in the most likely division of the text into words.
     *
     * @param mostCandidates how many words may be weighed at one character
     * @param preferLonger which of two equally likely words is taken
     */
    int[] ends(String text, int mostCandidates, boolean preferLonger) {
        double[] likelihood = new double[text.length() + 1];
        int[] ends = new int[text.length()];
        for (int start = text.length() - 1; start >= 0; start--) {
            double best = Double.NEGATIVE_INFINITY;
            int candidates = 0;
            int node = Trie.ROOT;
            for (int end = start; end < text.length() && candidates < mostCandidates; end++) {
                node = words.child(node, text.charAt(end));
                if (node == Trie.NONE) {
                    break;
                }
                int word = words.key(node);
                if (word != Trie.NONE && logFrequencies[word] >= 0) {
                    candidates++;
                    double sum = logFrequencies[word] - logTotal + likelihood[end + 1];
                    if (preferLonger ? sum >= best : sum > best) {
                        best = sum;
                        ends[start] = end + 1;
                    }
                }
            }
            if (candidates == 0) {
                best = -logTotal + likelihood[start + 1];
                ends[start] = start + 1;
            }
            likelihood[start] = best;
        }
        return ends;
    }
}
