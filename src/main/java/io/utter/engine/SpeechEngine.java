package io.utter.engine;

import io.utter.error.UtterException;
import io.utter.model.Bundle;
import io.utter.model.DeviceName;
import io.utter.model.Devices;
import io.utter.model.PriorModel;
import io.utter.model.SemanticModel;
import io.utter.model.WaveformModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The networks of one bundle with the threads that run them, on one device or several. Safe for use by many threads. */
public final class SpeechEngine implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SpeechEngine.class);

    private final Bundle bundle;
    private final EngineSettings settings;
    private final List<Station> stations;
    private final Dispatcher dispatcher;
    private final HoldingsInAll holdings;

    /**
     * Loads the networks onto every device that the settings name.
     *
     * @throws UtterException.Failed if a device cannot be had, or the networks do not load there
     */
    public SpeechEngine(Bundle bundle, EngineSettings settings) {
        this.bundle = bundle;
        Devices devices = Devices.of(settings.device());
        this.settings = settings;
        this.holdings = new HoldingsInAll();
        this.stations = stations(devices);
        this.dispatcher = new Dispatcher(stations.stream().map(Station::loop).toList());
    }

    /** Where the choice was left to us and cards fail, the processor takes their place. */
    private List<Station> stations(Devices devices) {
        devices.remark().ifPresent(LOG::info);
        try {
            return load(devices.names());
        } catch (UtterException.Failed e) {
            if (!devices.automatic() || devices.names().getFirst().kind() == DeviceName.Kind.CPU) {
                throw e;
            }
            LOG.warnf("computing on the processor: %s", e.getMessage());
            return load(List.of(DeviceName.CPU));
        }
    }

    private List<Station> load(List<DeviceName> names) {
        List<Station> loaded = new ArrayList<>();
        try {
            for (DeviceName name : names) {
                EngineMonitor monitor = holdings.of(loaded.size());
                EngineSettings suiting = settings.suiting(bundle.manifest().semantic(), name, processorsEach(names.size()));
                loaded.add(new Station(bundle, name, suiting, monitor));
            }
            return List.copyOf(loaded);
        } catch (RuntimeException e) {
            loaded.forEach(Station::close);
            throw e;
        }
    }

    private static int processorsEach(int devices) {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / devices);
    }

    /** The bundle it speaks with. */
    public Bundle bundle() {
        return bundle;
    }

    /** The networks themselves on the first device, for measuring them. */
    public SemanticModel semantic() {
        return stations.getFirst().networks().semantic();
    }

    public PriorModel prior() {
        return stations.getFirst().networks().prior();
    }

    public WaveformModel waveform() {
        return stations.getFirst().networks().waveform();
    }

    /**
     * Begins to speak. Sentences are taken one at a time, each while the one before is decoded.
     *
     * @param voice whose prompt and style to use
     * @param phrases the sentences; may take its time, and may throw
     * @param options how
     */
    public SpeechStream open(Conditioning voice, Iterator<Phrase> phrases, SpeechOptions options) {
        return open(voice, phrases, options, Duration.ZERO, Deadline.never());
    }

    /** The same for a text that has taken some time already, which the report counts, and that is to be spoken in time. */
    public SpeechStream open(Conditioning voice, Iterator<Phrase> phrases, SpeechOptions options, Duration text, Deadline deadline) {
        return new Slot(dispatcher, settings, bundle.manifest().sampleRate(), voice, phrases, options, text, deadline);
    }

    /** From now on tells the monitor what the engine does. */
    public void monitor(EngineMonitor monitor) {
        holdings.tell(monitor);
        stations.forEach(station -> monitor.placed(bundle.manifest().name(), station.placed()));
    }

    /** Why this engine cannot speak any more; empty while all is well, or at least one of several devices. */
    public Optional<String> broken() {
        return dispatcher.broken();
    }

    @Override
    public void close() {
        stations.forEach(Station::close);
    }
}
