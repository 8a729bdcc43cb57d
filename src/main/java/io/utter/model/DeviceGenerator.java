package io.utter.model;

import io.utter.error.UtterException;
import io.utter.model.WaveformModel.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Runs in queues of a device, as many at a time as there are {@link WaveformLane lanes}; others wait. */
final class DeviceGenerator implements WaveformGenerator {
    private final List<WaveformLane> lanes = new ArrayList<>();
    private final BlockingQueue<WaveformLane> free = new LinkedBlockingQueue<>();

    DeviceGenerator(Bundle bundle, Placement placement, ReceptiveField field) {
        try {
            for (int i = 0; i < placement.room().lanes(); i++) {
                lanes.add(new WaveformLane(bundle, placement, field));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        free.addAll(lanes);
    }

    @Override
    public List<float[]> generate(List<Window> windows, int from, int to) {
        WaveformLane lane;
        try {
            lane = free.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UtterException.Failed("interrupted", "interrupted while waiting for the device", e);
        }
        try {
            return lane.generate(windows, from, to);
        } finally {
            free.add(lane);
        }
    }

    @Override
    public void close() {
        lanes.forEach(WaveformLane::close);
    }
}
