package io.utter.text.zh.jieba;

import io.utter.text.table.Resource;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Finds words among Chinese characters that are in no dictionary: each begins a word, is in it, ends it or is one by itself. */
final class CuttingModel {
    private static final int STATES = 4;
    private static final int BEGIN = 0;
    private static final int END = 2;
    private static final int SINGLE = 3;
    private static final double UNSEEN = -3.14e100;

    /** What may stand before each state, in the order in which equally likely ways are tried; the last is taken when all are hopeless. */
    private static final int[][] BEFORE = {{END, SINGLE}, {1, BEGIN}, {BEGIN, 1}, {SINGLE, END}};
    private static final int[] LAST_IN_ALPHABET = {SINGLE, 1, 1, SINGLE};

    private final double[] start = new double[STATES];
    private final double[] transitions = new double[STATES * STATES];
    private final char[] characters;
    private final double[] emissions;

    private CuttingModel(ByteBuffer file) {
        for (int i = 0; i < start.length; i++) {
            start[i] = file.getDouble();
        }
        for (int i = 0; i < transitions.length; i++) {
            transitions[i] = file.getDouble();
        }
        this.characters = new char[file.getInt()];
        file.asCharBuffer().get(characters);
        file.position(file.position() + characters.length * Character.BYTES);
        this.emissions = new double[characters.length * STATES];
        file.asDoubleBuffer().get(emissions);
    }

    static CuttingModel load() {
        return new CuttingModel(ByteBuffer.wrap(Resource.bytes(CuttingModel.class, "cutting-model.bin")));
    }

    void cut(String text, List<String> words) {
        int length = text.length();
        double[][] best = new double[length][STATES];
        byte[][] from = new byte[length][STATES];
        for (int i = 0; i < length; i++) {
            int row = Arrays.binarySearch(characters, text.charAt(i));
            for (int state = 0; state < STATES; state++) {
                double emission = row < 0 ? UNSEEN : emissions[row * STATES + state];
                if (i == 0) {
                    best[i][state] = start[state] + emission;
                    continue;
                }
                best[i][state] = UNSEEN;
                from[i][state] = (byte) LAST_IN_ALPHABET[state];
                for (int before : BEFORE[state]) {
                    double sum = emission + best[i - 1][before] + transitions[before * STATES + state];
                    if (sum > best[i][state]) {
                        best[i][state] = sum;
                        from[i][state] = (byte) before;
                    }
                }
            }
        }
        int[] path = new int[length];
        int state = best[length - 1][SINGLE] > best[length - 1][END] ? SINGLE : END;
        for (int i = length - 1; i >= 0; i--) {
            path[i] = state;
            state = from[i][state];
        }
        int begin = 0;
        int done = 0;
        for (int i = 0; i < length; i++) {
            if (path[i] == BEGIN) {
                begin = i;
            } else if (path[i] == END || path[i] == SINGLE) {
                words.add(text.substring(path[i] == END ? begin : i, i + 1));
                done = i + 1;
            }
        }
        if (done < length) {
            words.add(text.substring(done));
        }
    }
}
