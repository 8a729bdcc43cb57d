package io.utter.importer.graph;

/**
 * A one-dimensional transposed convolution that makes {@code rate} values of one, on its way into a graph. It is written as its polyphase
 * components (Bellanger et al. 1976): the values that lie at the same place between two of the input are one ordinary convolution's, and
 * come out as channels of their own, which are then interleaved. The same products are summed; but ONNX Runtime's {@code ConvTranspose}
 * first stores every product for its sum, which takes two to four times as long on a processor.
 *
 * @param kernel [in, out, size], weight norm folded
 * @param bias [out]
 * @param rate stride of the transposed convolution
 * @param padding how much of the result is cut off at either end
 */
record Upsampling(Dense kernel, Dense bias, int rate, int padding) {

    /**
     * @param x [batch, in, time]
     * @return [batch, out, (time - 1) * rate - 2 * padding + size]
     */
    Value apply(GraphBuilder g, String name, Value x) {
        int size = kernel.extent(2);
        int taps = (size + rate - 1) / rate;
        Value phases = g.conv(x, g.operand(name, phases(taps)), g.operand(name + ".bias", phaseBias()), new int[] {taps}, 1, taps - 1, 1);
        Value grid = g.transpose(g.reshape(phases, 0, kernel.extent(1), rate, -1), 0, 1, 3, 2); // [batch, out, time + taps - 1, rate]
        Value whole = g.reshape(grid, 0, kernel.extent(1), -1);
        int surplus = taps * rate + padding - size;
        return padding == 0 && surplus == 0 ? whole : g.slice(whole, g.integers(padding), g.integers(-surplus), 2);
    }

    /** [out * rate, in, taps]: row {@code o * rate + r} makes the values r, r + rate, ... of channel o. */
    private Dense phases(int taps) {
        int inputs = kernel.extent(0);
        int outputs = kernel.extent(1);
        int size = kernel.extent(2);
        float[] out = new float[outputs * rate * inputs * taps];
        for (int i = 0; i < inputs; i++) {
            for (int o = 0; o < outputs; o++) {
                for (int k = 0; k < size; k++) {
                    int row = o * rate + k % rate;
                    out[(row * inputs + i) * taps + taps - 1 - k / rate] = kernel.values()[(i * outputs + o) * size + k];
                }
            }
        }
        return new Dense(new long[] {(long) outputs * rate, inputs, taps}, out);
    }

    private Dense phaseBias() {
        float[] out = new float[kernel.extent(1) * rate];
        for (int i = 0; i < out.length; i++) {
            out[i] = bias.values()[i / rate];
        }
        return Dense.vector(out);
    }
}
