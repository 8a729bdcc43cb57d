package io.utter.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.error.UtterException;
import io.utter.model.ort.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the waveform is placed on TensorRT. */
class EnginePlacementTest {
    private static final DeviceName CARD = new DeviceName(DeviceName.Kind.CUDA, 1);
    private static final Logger LOG = Logger.getLogger(Placement.class.getName());

    @TempDir
    Path models;

    private final List<String> logged = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getParameters() == null ? line.getMessage() : String.format(line.getMessage(), line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private Bundle bundle;

    @BeforeEach
    void write() throws IOException {
        LOG.addHandler(handler);
        bundle = EngineSample.bundle(models, "voice");
    }

    @AfterEach
    void restore() {
        LOG.removeHandler(handler);
    }

    private static Placement on(DeviceName device, IntFunction<EngineMachine> machine) {
        return Placement.on(device, 1, new Placement.Room(512, 1, 1, true), machine);
    }

    private static IntFunction<EngineMachine> is(EngineMachine machine) {
        return card -> {
            assertEquals(1, card);
            return machine;
        };
    }

    private static IntFunction<EngineMachine> unasked() {
        return card -> {
            throw new AssertionError("asked for card " + card);
        };
    }

    private Optional<Path> waveform(Placement placement) {
        return placement.engine(bundle, Bundle.MASKED_WAVEFORM);
    }

    @Test
    void anEngineThatFitsIsTakenSilently() {
        EngineSample.build(bundle, EngineSample.H100);
        assertTrue(waveform(on(CARD, is(EngineSample.H100))).orElseThrow().getFileName().toString().startsWith("waveform-masked-sm90-trt10.14.1-"));
        assertEquals(List.of(), logged);
    }

    @Test
    void withoutEnginesNobodyAsksForTensorRt() {
        assertEquals(Optional.empty(), waveform(on(CARD, unasked())));
        assertEquals(List.of(), logged);
    }

    @Test
    void staleOnesAreNamedOnceWithTheReason() throws IOException {
        EngineSample.build(bundle, EngineSample.H100);
        EngineSample.build(bundle, new EngineMachine("8.9", "10.14.1"));
        Files.createDirectory(bundle.file(EngineFolder.NAME).resolve("damaged"));
        Placement placement = on(CARD, is(new EngineMachine("9.0", "10.15.0")));
        for (int lane = 0; lane < 2; lane++) {
            assertEquals(Optional.empty(), waveform(placement));
        }
        assertEquals(3, logged.size(), logged.toString());
        assertTrue(logged.get(0).matches("engine damaged of bundle voice is not used: engine.json cannot be read.*"), logged.get(0));
        assertTrue(logged.get(1).matches("engine waveform-masked-sm89-\\S+ of bundle voice is not used: .*8\\.9, and this card has 9\\.0"), logged.get(1));
        assertTrue(logged.get(2).matches("engine waveform-masked-sm90-\\S+ of bundle voice is not used: .*10\\.14\\.1, and 10\\.15\\.0 is installed"), logged.get(2));
    }

    @Test
    void withoutTensorRtTheReasonIsLogged() {
        EngineSample.build(bundle, EngineSample.H100);
        assertEquals(Optional.empty(), waveform(on(CARD, card -> {
            throw new UtterException.Failed("tensorrt_unavailable", "TensorRT is missing", null);
        })));
        assertEquals(List.of("engines of bundle voice are not used: TensorRT is missing"), logged);
    }

    @Test
    void otherGraphsAndProcessorsTakeNone() {
        EngineSample.build(bundle, EngineSample.H100);
        for (String graph : List.of(Bundle.PREFILL, Bundle.DECODE, Bundle.PRIOR, Bundle.WAVEFORM)) {
            assertEquals(Optional.empty(), on(CARD, unasked()).engine(bundle, graph), graph);
        }
        for (String device : List.of("cpu", "cpu-pool")) {
            assertEquals(Optional.empty(), waveform(on(DeviceName.parse(device).orElseThrow(), unasked())), device);
        }
    }

    /** A processor's queue loads none, whatever is in it. */
    @Test
    void oneThatDoesNotLoadIsNamedAndTheGraphTakesItsPlace() {
        EngineSample.build(bundle, EngineSample.H100);
        Placement placement = on(CARD, is(EngineSample.H100));
        try (Device queue = Device.host()) {
            assertFalse(placement.engine(bundle, Bundle.MASKED_WAVEFORM, queue).isPresent());
        }
        assertEquals(1, logged.size());
        assertTrue(logged.getFirst().matches("engine waveform-masked-sm90-\\S+ does not load, graph waveform-masked.onnx runs on CUDA: .+"), logged.getFirst());
        assertFalse(placement.providers().containsValue(Placement.Provider.TENSORRT));
    }
}
