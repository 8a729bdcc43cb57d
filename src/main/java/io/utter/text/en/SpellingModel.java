package io.utter.text.en;

import io.utter.text.table.Resource;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Phones of an unknown word from its letters: the small encoder-decoder of g2p_en 2.1.0, two recurrent cells (GRU) of 256 units.
 * Takes about 0.05 ms per letter and phone. Thread-safe.
 */
final class SpellingModel {
    private static final int WIDTH = 256;
    private static final int MOST_PHONES = 20;

    private static final int UNKNOWN_LETTER = 1;
    private static final int END_OF_WORD = 2;
    private static final int FIRST_LETTER = 3;
    private static final int LETTERS = 29;

    private static final List<String> PHONES = List.of((
            "<pad> <unk> <s> </s> AA0 AA1 AA2 AE0 AE1 AE2 AH0 AH1 AH2 AO0 AO1 AO2 AW0 AW1 AW2 AY0 AY1 AY2 B CH D DH EH0 EH1 EH2 "
                    + "ER0 ER1 ER2 EY0 EY1 EY2 F G HH IH0 IH1 IH2 IY0 IY1 IY2 JH K L M N NG OW0 OW1 OW2 OY0 OY1 OY2 P R S SH T TH "
                    + "UH0 UH1 UH2 UW UW0 UW1 UW2 V W Y Z ZH").split(" "));
    private static final int START = PHONES.indexOf("<s>");
    private static final int END = PHONES.indexOf("</s>");

    /**
     * @param weights [inputs, outputs]: the sums of all outputs grow together, which the JVM computes many at a time, each in the order of the inputs
     * @param bias [outputs]
     */
    private record Linear(float[][] weights, float[] bias) {
        /** The file has a row for each output. */
        static Linear read(FloatBuffer in, int outputs, int inputs) {
            float[][] weights = new float[inputs][outputs];
            for (int output = 0; output < outputs; output++) {
                for (int input = 0; input < inputs; input++) {
                    weights[input][output] = in.get();
                }
            }
            return new Linear(weights, vector(in, outputs));
        }

        float[] apply(float[] input) {
            float[] sums = new float[bias.length];
            for (int i = 0; i < input.length; i++) {
                add(weights[i], input[i], sums);
            }
            add(bias, 1, sums);
            return sums;
        }

        private static void add(float[] weights, float factor, float[] sums) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += weights[i] * factor;
            }
        }
    }

    /** Gates in the order reset, update, new. */
    private record Cell(float[][] embedding, Linear input, Linear hidden) {
        static Cell read(FloatBuffer in, int symbols) {
            return new Cell(matrix(in, symbols, WIDTH), Linear.read(in, 3 * WIDTH, WIDTH), Linear.read(in, 3 * WIDTH, WIDTH));
        }

        float[] step(int symbol, float[] state) {
            float[] fromInput = input.apply(embedding[symbol]);
            float[] fromState = hidden.apply(state);
            float[] next = new float[WIDTH];
            for (int i = 0; i < WIDTH; i++) {
                float reset = sigmoid(fromInput[i] + fromState[i]);
                float update = sigmoid(fromInput[WIDTH + i] + fromState[WIDTH + i]);
                float proposal = (float) Math.tanh(fromInput[2 * WIDTH + i] + reset * fromState[2 * WIDTH + i]);
                next[i] = (1 - update) * proposal + update * state[i];
            }
            return next;
        }
    }

    private final Cell encoder;
    private final Cell decoder;
    private final Linear output;

    private SpellingModel(FloatBuffer in) {
        encoder = Cell.read(in, LETTERS);
        decoder = Cell.read(in, PHONES.size());
        output = Linear.read(in, PHONES.size(), WIDTH);
    }

    static SpellingModel load() {
        return new SpellingModel(ByteBuffer.wrap(Resource.bytes(SpellingModel.class, "spelling-model.bin")).asFloatBuffer());
    }

    /**
     * The most likely phone at each step, twenty at most. Besides phones it may say {@code <unk>}, {@code <pad>}, {@code <s>} and
     * {@code UW}, which no voice has.
     *
     * @param word in lower case
     */
    List<String> predict(String word) {
        float[] state = new float[WIDTH];
        for (char letter : word.toCharArray()) {
            state = encoder.step(letter >= 'a' && letter <= 'z' ? FIRST_LETTER + letter - 'a' : UNKNOWN_LETTER, state);
        }
        state = encoder.step(END_OF_WORD, state);
        List<String> phones = new ArrayList<>();
        int last = START;
        while (phones.size() < MOST_PHONES) {
            state = decoder.step(last, state);
            last = highest(output.apply(state));
            if (last == END) {
                break;
            }
            phones.add(PHONES.get(last));
        }
        return phones;
    }

    private static int highest(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[best]) {
                best = i;
            }
        }
        return best;
    }

    private static float sigmoid(float x) {
        return (float) (1 / (1 + Math.exp(-x)));
    }

    private static float[][] matrix(FloatBuffer in, int rows, int columns) {
        float[][] matrix = new float[rows][];
        for (int row = 0; row < rows; row++) {
            matrix[row] = vector(in, columns);
        }
        return matrix;
    }

    private static float[] vector(FloatBuffer in, int length) {
        float[] vector = new float[length];
        in.get(vector);
        return vector;
    }
}
