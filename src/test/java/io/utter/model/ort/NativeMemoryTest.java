package io.utter.model.ort;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the C library counts as allocated, before and after very many steps through the binding. Needs glibc. Runs
 * that fail are left out: ONNX Runtime 1.29 itself keeps some 1,700 bytes at each, through its Java API, too.
 */
class NativeMemoryTest {
    private static final int WARM_UP = 50_000;
    private static final int STEPS = 100_000;
    private static final int STRETCHES = 6;
    private static final int STEPS_PER_LOOK = 10_000;
    private static final int STEPS_PER_REFUSAL = 2;
    /**
     * Of STEPS; the smallest thing that malloc can lose at each is 32 bytes, 3 MB together, in every stretch. What the virtual machine
     * itself takes and gives back while it compiles is more than that in some stretches, and nothing in others: one without is enough.
     */
    private static final long BOUND = 2 << 20;
    /** {@code struct mallinfo2}, all of {@code size_t}: bytes in mapped blocks, and bytes in use in the others. */
    private static final int FIELDS = 10;
    private static final int MAPPED = 4;
    private static final int IN_USE = 7;

    private static MethodHandle mallinfo;

    @TempDir
    private Path folder;

    @BeforeAll
    static void find() {
        Optional<MemorySegment> function = Linker.nativeLinker().defaultLookup().find("mallinfo2");
        Assumptions.assumeTrue(function.isPresent(), "no glibc");
        mallinfo = Linker.nativeLinker().downcallHandle(function.get(),
                FunctionDescriptor.of(MemoryLayout.structLayout(MemoryLayout.sequenceLayout(FIELDS, ValueLayout.JAVA_LONG))));
    }

    private static long allocated() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = (MemorySegment) mallinfo.invokeExact((SegmentAllocator) arena);
            return info.getAtIndex(ValueLayout.JAVA_LONG, MAPPED) + info.getAtIndex(ValueLayout.JAVA_LONG, IN_USE);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void stepsLeaveNothingBehind() throws IOException {
        try (Session session = OnnxRuntime.NATIVE.open(SmallGraph.write(folder), 1);
                Arena arena = Arena.ofConfined();
                Tensor state = session.floats(arena.allocate(6 * Float.BYTES, Float.BYTES), 2, 3);
                Binding kept = session.bind(Map.of("x", state), Map.of("y", state))) {
            MemorySegment tooSmall = arena.allocate(Float.BYTES, Float.BYTES);
            repeat(session, kept, state, tooSmall, WARM_UP);
            long change = Long.MAX_VALUE;
            long before = least(session, kept, state, tooSmall);
            for (int i = 0; i < STRETCHES && Math.abs(change) >= BOUND; i++) {
                long after = least(session, kept, state, tooSmall);
                change = after - before;
                before = after;
            }
            assertTrue(Math.abs(change) < BOUND, "in no " + STEPS + " steps it stayed the same: last " + change + " bytes more");
        }
    }

    /** The least that is allocated at any look during so many steps: what a compiler of the virtual machine holds for a moment is left out. */
    private static long least(Session session, Binding kept, Tensor state, MemorySegment tooSmall) {
        long least = Long.MAX_VALUE;
        for (int done = 0; done < STEPS; done += STEPS_PER_LOOK) {
            repeat(session, kept, state, tooSmall, STEPS_PER_LOOK);
            least = Math.min(least, allocated());
        }
        return least;
    }

    /** A bound step, one bound anew, a run with tensors of its own, and what the runtime refuses. */
    private static void repeat(Session session, Binding kept, Tensor state, MemorySegment tooSmall, int steps) {
        for (int i = 0; i < steps; i++) {
            kept.run();
            try (Tensor x = session.floats(List.of(new float[6]), 2, 3);
                    Binding once = session.bind(Map.of("x", x), Map.of("y", state))) {
                once.run();
                session.run(Map.of("x", x), Set.of("y"));
                if (i % STEPS_PER_REFUSAL == 0) {
                    assertThrows(OrtFailure.class, () -> session.floats(tooSmall, 2, 3));
                }
            }
        }
    }

    @Test
    void theCountSeesWhatIsNotClosed() throws IOException {
        try (Session session = OnnxRuntime.NATIVE.open(SmallGraph.write(folder), 1)) {
            List<Tensor> open = new ArrayList<>();
            long before = allocated();
            for (int i = 0; i < STEPS; i++) {
                open.add(session.floats(List.of(new float[6]), 2, 3));
            }
            long held = allocated() - before;
            open.forEach(Tensor::close);
            assertTrue(held > 32L * STEPS, held + " bytes for " + STEPS + " tensors");
        }
    }
}
