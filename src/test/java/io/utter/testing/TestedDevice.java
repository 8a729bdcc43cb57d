package io.utter.testing;

import io.utter.model.DeviceName;
import io.utter.model.Placement;

/** What the tests of networks run on: the system property {@code tested.device}, and the processor without it. */
public final class TestedDevice {
    /** More than any golden sequence has. */
    private static final int ROW_POSITIONS = 1024;

    private TestedDevice() {}

    public static DeviceName name() {
        String name = System.getProperty("tested.device", "cpu");
        return DeviceName.parse(name).orElseThrow(() -> new IllegalArgumentException("tested.device is " + name));
    }

    /** @param threads of the processor that a run may use */
    public static Placement placement(int threads) {
        return Placement.on(name(), threads, new Placement.Room(ROW_POSITIONS, 1, 4, false));
    }
}
