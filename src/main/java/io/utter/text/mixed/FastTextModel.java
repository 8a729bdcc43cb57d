package io.utter.text.mixed;

import io.utter.error.UtterException;
import io.utter.text.table.Later;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * A classifier of fastText with hierarchical softmax ({@code lid.176.bin}, or {@code lid.176.ftz}, which is the same quantized), read where it
 * lies in its file (Joulin et al. 2016, "Bag of Tricks for Efficient Text Classification", and "FastText.zip").
 */
public final class FastTextModel implements LanguageIdentifier {
    private static final int MAGIC = 793712314;
    private static final int HIERARCHICAL_SOFTMAX = 1;
    private static final String LABEL = "__label__";
    private static final String END = "</s>";
    private static final String SEPARATORS = " \n\r\t\u000b\f\0";
    private static final int FNV_BASIS = (int) 2166136261L;
    private static final int FNV_PRIME = 16777619;
    private static final long NEVER_MERGED = 1_000_000_000_000_000L;

    private final int width;
    private final int buckets;
    private final int shortest;
    private final int longest;
    private final int wordCount;
    private final Map<String, Integer> words = new HashMap<>();
    private final List<String> labels = new ArrayList<>();
    /** Buckets that were kept, to their rows; all are where there are none here and {@code pruned} is negative. */
    private final Map<Integer, Integer> kept = new HashMap<>();
    private final long pruned;
    private final Matrix input;
    private final Matrix output;
    /** The two children of every inner node; labels are the leaves. */
    private final int[][] tree;

    /** @throws IOException if the file cannot be read, or is no such model */
    public FastTextModel(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            ByteBuffer file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()).order(ByteOrder.LITTLE_ENDIAN);
            if (file.getInt() != MAGIC) {
                throw new IOException(path + " is not a model of fastText");
            }
            file.getInt(); // version
            this.width = file.getInt();
            file.position(file.position() + 5 * Integer.BYTES); // training
            if (file.getInt() != HIERARCHICAL_SOFTMAX) {
                throw new IOException(path + " is not a model with hierarchical softmax");
            }
            file.getInt(); // kind of model
            this.buckets = file.getInt();
            this.shortest = file.getInt();
            this.longest = file.getInt();
            file.position(file.position() + Integer.BYTES + Double.BYTES); // training
            int entries = file.getInt();
            this.wordCount = file.getInt();
            file.getInt(); // labels
            file.getLong(); // tokens
            this.pruned = file.getLong();
            long[] counts = readEntries(file, entries);
            for (long i = 0; i < pruned; i++) {
                kept.put(file.getInt(), file.getInt());
            }
            boolean quantized = file.get() != 0;
            this.input = quantized ? Matrix.quantized(file) : Matrix.plain(file);
            boolean quantizedOutput = file.get() != 0;
            this.output = quantized && quantizedOutput ? Matrix.quantized(file) : Matrix.plain(file);
            this.tree = huffman(counts);
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
            throw new IOException(path + " is not whole", e);
        }
    }

    /** The model of a file, which is read when it is first asked. */
    public static LanguageIdentifier opened(Path path) {
        Later<FastTextModel> model = new Later<>(() -> {
            try {
                return new FastTextModel(path);
            } catch (IOException e) {
                throw new UtterException.Failed("bad_language_model", "the languages of texts cannot be told apart: " + e.getMessage(), e);
            }
        });
        return (text, most, least) -> model.get().identify(text, most, least);
    }

    /** Reads words and labels; gives how often each label occurred. */
    private long[] readEntries(ByteBuffer file, int entries) {
        List<Long> counts = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            int start = file.position();
            while (file.get() != 0) {
                // to the end of the word
            }
            byte[] word = new byte[file.position() - start - 1];
            file.get(start, word);
            String text = new String(word, StandardCharsets.UTF_8);
            long count = file.getLong();
            if (file.get() == 0) {
                words.put(text, i);
            } else {
                labels.add(text.replace(LABEL, ""));
                counts.add(count);
            }
        }
        return counts.stream().mapToLong(Long::longValue).toArray();
    }

    /** Labels come in falling order of their counts. */
    private static int[][] huffman(long[] labelCounts) {
        int leaves = labelCounts.length;
        long[] counts = Arrays.copyOf(labelCounts, 2 * leaves - 1);
        Arrays.fill(counts, leaves, counts.length, NEVER_MERGED);
        int[][] tree = new int[counts.length][];
        int leaf = leaves - 1;
        int inner = leaves;
        for (int node = leaves; node < counts.length; node++) {
            int[] children = new int[2];
            for (int i = 0; i < 2; i++) {
                children[i] = leaf >= 0 && counts[leaf] < counts[inner] ? leaf-- : inner++;
            }
            tree[node] = children;
            counts[node] = counts[children[0]] + counts[children[1]];
        }
        return tree;
    }

    @Override
    public List<Guess> identify(String text, int most, double least) {
        float[] hidden = new float[width];
        int rows = 0;
        StringTokenizer tokens = new StringTokenizer(text, SEPARATORS);
        while (tokens.hasMoreTokens()) {
            String token = tokens.nextToken();
            rows += addWord(hidden, token) + addSubwords(hidden, ("<" + token + ">").getBytes(StandardCharsets.UTF_8));
        }
        rows += addWord(hidden, END);
        if (rows == 0) {
            return List.of();
        }
        float share = (float) (1.0 / rows);
        for (int i = 0; i < width; i++) {
            hidden[i] *= share;
        }
        List<Guess> guesses = new ArrayList<>();
        descend(2 * labels.size() - 2, 0, hidden, log(least), guesses);
        guesses.sort(Comparator.comparingDouble(Guess::probability).reversed());
        return guesses.subList(0, Math.min(most, guesses.size()));
    }

    private int addWord(float[] hidden, String word) {
        Integer row = words.get(word);
        if (row == null) {
            return 0;
        }
        input.addTo(hidden, row);
        return 1;
    }

    /** All runs of so many characters, each by its hash. */
    private int addSubwords(float[] hidden, byte[] word) {
        int rows = 0;
        for (int start = 0; start < word.length && longest > 0; start++) {
            if (continues(word[start])) {
                continue;
            }
            int hash = FNV_BASIS;
            int at = start;
            for (int length = 1; at < word.length && length <= longest; length++) {
                do {
                    hash = (hash ^ word[at++]) * FNV_PRIME;
                } while (at < word.length && continues(word[at]));
                boolean edge = length == 1 && (start == 0 || at == word.length);
                if (length >= shortest && !edge) {
                    int bucket = Integer.remainderUnsigned(hash, buckets);
                    Integer row = pruned < 0 ? Integer.valueOf(bucket) : kept.get(bucket);
                    if (row != null) {
                        input.addTo(hidden, wordCount + row);
                        rows++;
                    }
                }
            }
        }
        return rows;
    }

    private static boolean continues(byte utf8) {
        return (utf8 & 0xc0) == 0x80;
    }

    private void descend(int node, float score, float[] hidden, double least, List<Guess> guesses) {
        if (score < least) {
            return;
        }
        if (node < labels.size()) {
            guesses.add(new Guess(labels.get(node), Math.exp(score)));
            return;
        }
        float right = (float) (1.0 / (1 + Math.exp(-output.dot(hidden, node - labels.size()))));
        descend(tree[node][0], score + (float) log(1.0f - right), hidden, least, guesses);
        descend(tree[node][1], score + (float) log(right), hidden, least, guesses);
    }

    private static double log(double probability) {
        return Math.log(probability + 1e-5);
    }
}
