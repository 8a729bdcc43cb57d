package io.utter.importer.graph;

/** How values of residual blocks lie in memory, from {@link #enter} to {@link #leave}: the same sums in any. */
interface Layout {
    /** @param x [batch, channels, time] */
    Value enter(Value x);

    /** Of a value that is needed as it was, too. */
    Value leakyRelu(Value x, float slope);

    /** A convolution that keeps the length. */
    Value convolution(String name, Convolution convolution, Value x, int dilation);

    Value add(Value a, Value b);

    /** @return [batch, channels, time] */
    Value leave(Value x);
}
