package io.utter.importer.graph;

import java.util.Arrays;

/**
 * Float values in C order with their shape: a weight on its way from a checkpoint into a graph. Operations return new tensors.
 *
 * @param shape extent of each axis, outermost first
 * @param values as many as the product of the shape
 */
public record Dense(long[] shape, float[] values) {

    public Dense {
        if (count(shape) != values.length) {
            throw new IllegalArgumentException(values.length + " values do not fill " + Arrays.toString(shape));
        }
    }

    public static Dense of(float value) {
        return new Dense(new long[0], new float[] {value});
    }

    public static Dense vector(float... values) {
        return new Dense(new long[] {values.length}, values);
    }

    public int extent(int axis) {
        return Math.toIntExact(shape[axis]);
    }

    public Dense reshaped(long... shape) {
        return new Dense(shape, values);
    }

    /** Rows and columns exchanged: [m, n] to [n, m]. A trailing axis of one, as of a pointwise convolution, is dropped first. */
    public Dense transposed() {
        if (shape.length > 2 && shape[2] != 1) {
            throw new IllegalArgumentException("not a matrix: " + Arrays.toString(shape));
        }
        int rows = extent(0);
        int columns = extent(1);
        float[] out = new float[values.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                out[c * rows + r] = values[r * columns + c];
            }
        }
        return new Dense(new long[] {columns, rows}, out);
    }

    /** A convolution's kernel as a matrix: [out, in, taps] to [taps * in, out]. */
    public Dense tapsToRows() {
        int outputs = extent(0);
        int inputs = extent(1);
        int taps = extent(2);
        float[] out = new float[values.length];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                for (int tap = 0; tap < taps; tap++) {
                    out[(tap * inputs + i) * outputs + o] = values[(o * inputs + i) * taps + tap];
                }
            }
        }
        return new Dense(new long[] {(long) taps * inputs, outputs}, out);
    }

    /** Matrix product of [m, k] and [k, n], summed in double precision. */
    public Dense matMul(Dense other) {
        int m = extent(0);
        int k = extent(1);
        int n = other.extent(1);
        float[] out = new float[m * n];
        double[] row = new double[n];
        for (int i = 0; i < m; i++) {
            Arrays.fill(row, 0);
            for (int j = 0; j < k; j++) {
                double a = values[i * k + j];
                for (int c = 0; c < n; c++) {
                    row[c] += a * other.values[j * n + c];
                }
            }
            for (int c = 0; c < n; c++) {
                out[i * n + c] = (float) row[c];
            }
        }
        return new Dense(new long[] {m, n}, out);
    }

    /** The slices from {@code from} to {@code to} (exclusive) of the outermost axis. */
    public Dense rows(int from, int to) {
        int row = values.length / extent(0);
        long[] s = shape.clone();
        s[0] = to - from;
        return new Dense(s, Arrays.copyOfRange(values, from * row, to * row));
    }

    /** This tensor's slices of the outermost axis, then those of {@code more}. */
    public Dense followedBy(Dense more) {
        float[] out = Arrays.copyOf(values, values.length + more.values.length);
        System.arraycopy(more.values, 0, out, values.length, more.values.length);
        long[] s = shape.clone();
        s[0] += more.shape[0];
        return new Dense(s, out);
    }

    /** The slices of {@code axis} in reverse order. */
    public Dense reversed(int axis) {
        int inner = 1;
        for (int a = axis + 1; a < shape.length; a++) {
            inner *= extent(a);
        }
        int n = extent(axis);
        int outer = values.length / (n * inner);
        float[] out = new float[values.length];
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < n; i++) {
                System.arraycopy(values, (o * n + i) * inner, out, (o * n + n - 1 - i) * inner, inner);
            }
        }
        return new Dense(shape, out);
    }

    public Dense times(float factor) {
        float[] out = values.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] *= factor;
        }
        return new Dense(shape, out);
    }

    /** Each slice of the outermost axis times a factor of its own. */
    public Dense scaled(float... factors) {
        int row = values.length / factors.length;
        float[] out = values.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] *= factors[i / row];
        }
        return new Dense(shape, out);
    }

    public Dense plus(Dense other) {
        float[] out = values.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] += other.values[i];
        }
        return new Dense(shape, out);
    }

    public boolean isZero() {
        for (float v : values) {
            if (v != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Weight normalisation folded: {@code g * v / |v|}, the norm over all axes but the first (Salimans and Kingma 2016, as in
     * {@code torch.nn.utils.weight_norm} with dim 0).
     *
     * @param g one magnitude per slice of the first axis
     * @param v direction
     */
    public static Dense weightNormed(Dense g, Dense v) {
        int rows = v.extent(0);
        int row = v.values.length / rows;
        float[] out = new float[v.values.length];
        for (int r = 0; r < rows; r++) {
            double squares = 0;
            for (int i = 0; i < row; i++) {
                double x = v.values[r * row + i];
                squares += x * x;
            }
            double scale = squares == 0 ? 0 : g.values[r] / Math.sqrt(squares);
            for (int i = 0; i < row; i++) {
                out[r * row + i] = (float) (v.values[r * row + i] * scale);
            }
        }
        return new Dense(v.shape, out);
    }

    /** The same with the norm over all axes but the last: dim 2 of a one-dimensional convolution's kernel. */
    static Dense weightNormedByLast(Dense g, Dense v) {
        int last = v.extent(v.shape.length - 1);
        double[] squares = new double[last];
        for (int i = 0; i < v.values.length; i++) {
            squares[i % last] += (double) v.values[i] * v.values[i];
        }
        float[] out = new float[v.values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = squares[i % last] == 0 ? 0 : (float) (v.values[i] * g.values[i % last] / Math.sqrt(squares[i % last]));
        }
        return new Dense(v.shape, out);
    }

    static int count(long[] shape) {
        long n = 1;
        for (long d : shape) {
            n = Math.multiplyExact(n, d);
        }
        return Math.toIntExact(n);
    }
}
