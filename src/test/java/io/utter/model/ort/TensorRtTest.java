package io.utter.model.ort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class TensorRtTest {
    private static final TensorRt.Build BUILD =
            new TensorRt.Build(Path.of("/m/graph.onnx"), Path.of("/m/e/engine.onnx"), Path.of("/m/e"), 1 << 20, "x:1x2", "x:1x3", "x:4x3");

    @Test
    void theProviderIsToldExtentsAndWhereTimingsAre() {
        assertEquals(Map.of("device_id", "2", "trt_max_workspace_size", "1048576", "trt_timing_cache_enable", "1", "trt_timing_cache_path", "/m/e",
                "trt_profile_min_shapes", "x:1x2", "trt_profile_opt_shapes", "x:1x3", "trt_profile_max_shapes", "x:4x3"), BUILD.providerOptions(2));
    }

    @Test
    void theSessionIsToldToWriteOneFileAndToLeaveNothingToTheProcessor() {
        assertEquals(Map.of("ep.context_enable", "1", "ep.context_file_path", "/m/e/engine.onnx", "ep.context_embed_mode", "1",
                "session.disable_cpu_ep_fallback", "1"), BUILD.sessionEntries());
    }

    /** Nothing that could make the provider build: that is only done when it is asked for. */
    @Test
    void loadingAnEngineAsksForTheCardOnly() {
        assertEquals(Map.of("device_id", "0"), TensorRt.loading(0));
    }

    @Test
    void aVersionIsReadAsNvidiaWritesIt() {
        assertEquals("10.14.1", TensorRt.version(101401));
        assertEquals("10.9.0", TensorRt.version(100900));
        assertEquals("11.0.12", TensorRt.version(110012));
    }

    @Test
    void whereItIsMissingTheLibraryAndTheRemedyAreNamed() {
        String obstacle = TensorRt.obstacle().orElse("");
        Assumptions.assumeFalse(obstacle.isEmpty(), "there is TensorRT");
        assertTrue(obstacle.matches("TensorRT is missing \\(libnv\\w+\\.so\\.10\\): install .*libnvinfer10.*|ONNX Runtime's TensorRT provider is missing .*"), obstacle);
        assertEquals(1, obstacle.lines().count());
    }

    @Test
    void processorsRunNoEngines() {
        try (Device host = Device.host()) {
            assertThrows(OrtFailure.class, () -> host.openEngine(Path.of("/m/e/engine.onnx"), 1));
            assertFalse(host.captures());
        }
    }
}
