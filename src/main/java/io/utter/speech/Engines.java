package io.utter.speech;

import io.utter.engine.EngineMonitor;
import io.utter.engine.EngineSettings;
import io.utter.engine.SpeechEngine;
import io.utter.error.UtterException;
import io.utter.model.Bundle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The engines of bundles: each is loaded when it is first asked for, and, where memory is bounded, unloaded when others need its room: the one
 * that has been idle for longest first, and never one that is in use.
 */
final class Engines implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Engines.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final EngineSettings settings;
    private final long budget;
    private final Map<String, Entry> entries = new HashMap<>(); // this and the next two: guarded by this
    private EngineMonitor monitor = EngineMonitor.NONE;
    private long uses;

    /** One bundle's engine. All but the engine is guarded by the lock of {@link Engines}, the engine by the entry's own. */
    private static final class Entry {
        final long bytes;
        volatile SpeechEngine engine;
        int users;
        long lastUse;

        Entry(long bytes) {
            this.bytes = bytes;
        }
    }

    /** @param budget most bytes that the weight files of loaded bundles may have together; 0 for no bound */
    Engines(EngineSettings settings, long budget) {
        this.settings = settings;
        this.budget = budget;
    }

    /** An engine that is in use, and stays until this is closed. */
    final class Lease implements AutoCloseable {
        private final Entry entry;
        private boolean over;

        private Lease(Entry entry) {
            this.entry = entry;
        }

        SpeechEngine engine() {
            return entry.engine;
        }

        /** More than once does no harm. */
        @Override
        public void close() {
            synchronized (Engines.this) {
                if (!over) {
                    over = true;
                    entry.users--;
                    entry.lastUse = ++uses;
                }
            }
        }
    }

    /**
     * The bundle's engine, loaded if it is not.
     *
     * @throws UtterException.Unavailable if all the room is in use
     * @throws UtterException.Failed if it cannot be loaded
     */
    Lease use(Bundle bundle) {
        List<Map.Entry<String, Entry>> unloaded;
        Entry entry;
        synchronized (this) {
            entry = entries.get(bundle.manifest().name());
            if (entry == null) {
                entry = new Entry(bundle.weightBytes());
                unloaded = makeRoom(entry.bytes);
                entries.put(bundle.manifest().name(), entry);
            } else {
                unloaded = List.of();
            }
            entry.users++;
        }
        Lease lease = new Lease(entry);
        unloaded.forEach(other -> unload(other.getKey(), other.getValue())); // its memory is free before that of the other is taken
        try {
            load(bundle, entry);
            return lease;
        } catch (RuntimeException | Error e) {
            lease.close();
            forget(bundle, entry);
            throw e;
        }
    }

    private void load(Bundle bundle, Entry entry) {
        synchronized (entry) {
            if (entry.engine == null) {
                entry.engine = new SpeechEngine(bundle, settings);
                entry.engine.monitor(monitor());
            }
        }
    }

    private synchronized EngineMonitor monitor() {
        return monitor;
    }

    private synchronized void forget(Bundle bundle, Entry entry) {
        if (entry.users == 0 && entry.engine == null) {
            entries.remove(bundle.manifest().name(), entry);
        }
    }

    /** Takes out entries until there is room for so many bytes more. */
    private List<Map.Entry<String, Entry>> makeRoom(long bytes) {
        List<Map.Entry<String, Entry>> out = new ArrayList<>();
        if (budget == 0) {
            return out;
        }
        long held = entries.values().stream().mapToLong(entry -> entry.bytes).sum();
        List<Map.Entry<String, Entry>> idle = entries.entrySet().stream().filter(entry -> entry.getValue().users == 0)
                .sorted(Comparator.comparingLong(entry -> entry.getValue().lastUse)).toList();
        long free = held - idle.stream().mapToLong(entry -> entry.getValue().bytes).sum();
        if (free > 0 && free + bytes > budget) {
            throw new UtterException.Unavailable("models_busy", "Other models are in use, and there is no room for this one beside them.", RETRY);
        }
        for (Map.Entry<String, Entry> entry : idle) {
            if (held + bytes <= budget) {
                break;
            }
            LOG.infof("unloading model %s to make room", entry.getKey());
            entries.remove(entry.getKey());
            held -= entry.getValue().bytes;
            out.add(entry);
        }
        return out;
    }

    private void unload(String model, Entry entry) {
        synchronized (entry) {
            if (entry.engine != null) {
                entry.engine.close();
                monitor().unloaded(model);
            }
        }
    }

    /** From now on tells the monitor what engines do. */
    void monitor(EngineMonitor told) {
        loaded(told).forEach(engine -> engine.monitor(told));
    }

    private synchronized List<SpeechEngine> loaded(EngineMonitor told) {
        monitor = told;
        return loaded();
    }

    private synchronized List<SpeechEngine> loaded() {
        return entries.values().stream().map(entry -> entry.engine).filter(java.util.Objects::nonNull).toList();
    }

    /** Names of those that are loaded. */
    synchronized List<String> names() {
        return entries.entrySet().stream().filter(entry -> entry.getValue().engine != null).map(Map.Entry::getKey).sorted().toList();
    }

    /** Why one of them cannot speak any more; empty while all is well. */
    Optional<String> broken() {
        return loaded().stream().flatMap(engine -> engine.broken().stream()).findFirst();
    }

    @Override
    public void close() {
        loaded().forEach(SpeechEngine::close);
    }
}
