package io.utter.engine;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Passes on what the loops of an engine tell, and for what they hold the sum of all. Safe for use by many threads. */
final class HoldingsInAll {
    private final Map<Integer, EngineMonitor.Holdings> held = new ConcurrentHashMap<>();
    private volatile EngineMonitor monitor = EngineMonitor.NONE;

    /** From now on this one is told. */
    void tell(EngineMonitor monitor) {
        this.monitor = monitor;
    }

    /** What the loop of this number is to tell. */
    EngineMonitor of(int loop) {
        return new EngineMonitor() {
            @Override
            public void stepped(String model, int batch, Duration took) {
                monitor.stepped(model, batch, took);
            }

            @Override
            public void prefilled(String model, int rows, Duration took) {
                monitor.prefilled(model, rows, took);
            }

            @Override
            public void rendered(String model, int batch, Duration took) {
                monitor.rendered(model, batch, took);
            }

            @Override
            public void holds(String model, Holdings now) {
                held.put(loop, now);
                monitor.holds(model, held.values().stream().reduce(new Holdings(0, 0, 0, 0, 0), Holdings::plus));
            }

            @Override
            public void broke(String model, boolean recovered) {
                monitor.broke(model, recovered);
            }
        };
    }
}
