package io.utter.model.ort;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What both runtimes promise. */
class SessionTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aRunGivesTheOutputs(OnnxRuntime runtime) throws IOException {
        try (Session session = runtime.open(SmallGraph.write(folder), 1);
                Tensor x = session.floats(List.of(new float[] {1, 2}, new float[] {3, 4, 5, 6}), 2, 3)) {
            assertArrayEquals(new float[] {2, 3, 4, 5, 6, 7}, session.run(Map.of("x", x), Set.of("y")).get("y"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOutputMayBeTheMemoryOfAnInput(OnnxRuntime runtime) throws IOException {
        try (Arena arena = Arena.ofConfined(); Session session = runtime.open(SmallGraph.write(folder), 1)) {
            MemorySegment memory = arena.allocate(ValueLayout.JAVA_FLOAT, 4);
            try (Tensor tensor = session.floats(memory, 2, 2);
                    Binding binding = session.bind(Map.of("x", tensor), Map.of("y", tensor))) {
                binding.run();
                binding.run();
                memory.setAtIndex(ValueLayout.JAVA_FLOAT, 3, 40);
                binding.run();
            }
            assertArrayEquals(new float[] {3, 3, 3, 41}, memory.toArray(ValueLayout.JAVA_FLOAT));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoGraphDoesNotLoad(OnnxRuntime runtime) throws IOException {
        Path damaged = Files.write(folder.resolve("damaged.onnx"), new byte[] {1, 2, 3});
        assertTrue(assertThrows(OrtFailure.class, () -> runtime.open(damaged, 1)).getMessage().contains("damaged.onnx"));
        assertThrows(OrtFailure.class, () -> runtime.open(folder.resolve("missing.onnx"), 1));
    }

    @ParameterizedTest
    @EnumSource
    void whatDoesNotFitIsRefusedAndTheSessionGoesOn(OnnxRuntime runtime) throws IOException {
        try (Session session = runtime.open(SmallGraph.write(folder), 1);
                Tensor x = session.floats(List.of(new float[6]), 2, 3);
                Tensor flat = session.floats(List.of(new float[6]), 6);
                Tensor integers = session.longs(new long[6], 2, 3)) {
            assertThrows(OrtFailure.class, () -> session.run(Map.of("x", flat), Set.of("y")));
            assertThrows(OrtFailure.class, () -> session.run(Map.of("x", integers), Set.of("y")));
            assertThrows(OrtFailure.class, () -> session.run(Map.of("z", x), Set.of("y")));
            assertThrows(OrtFailure.class, () -> session.run(Map.of("x", x), Set.of("z")));
            assertThrows(OrtFailure.class, () -> bindAndRun(session, x, flat));
            try (Arena arena = Arena.ofConfined()) {
                assertThrows(OrtFailure.class, () -> session.floats(arena.allocate(5 * Float.BYTES, Float.BYTES), 2, 3), "too little memory");
            }
            assertEquals(6, session.run(Map.of("x", x), Set.of("y")).get("y").length);
        }
    }

    private static void bindAndRun(Session session, Tensor input, Tensor output) {
        try (Binding binding = session.bind(Map.of("x", input), Map.of("y", output))) {
            binding.run();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClosedSessionIsNotCalled(OnnxRuntime runtime) throws IOException {
        Session session = runtime.open(SmallGraph.write(folder), 1);
        try (Tensor x = session.floats(List.of(new float[6]), 2, 3); Binding binding = session.bind(Map.of("x", x), Map.of("y", x))) {
            session.close();
            assertThrows(IllegalStateException.class, () -> session.run(Map.of("x", x), Set.of("y")));
            assertThrows(IllegalStateException.class, binding::run);
        }
    }

    @Test
    void aClosedTensorIsNotReadAndNotFreedAgain() throws IOException {
        try (Session session = OnnxRuntime.NATIVE.open(SmallGraph.write(folder), 1)) {
            Tensor x = session.floats(List.of(new float[6]), 2, 3);
            x.close();
            x.close();
            assertThrows(IllegalStateException.class, () -> session.run(Map.of("x", x), Set.of("y")));
            assertThrows(IllegalStateException.class, () -> session.bind(Map.of("x", x), Map.of()));
        }
    }
}
