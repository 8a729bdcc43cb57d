package io.utter.model;

import java.util.List;

/** Runs the waveform graph, wherever that is. Safe for use by many threads. */
interface WaveformGenerator extends AutoCloseable {

    /** As {@link WaveformModel#generate(List, int, int)}. */
    List<float[]> generate(List<WaveformModel.Window> windows, int from, int to);

    @Override
    void close();
}
