package io.utter.importer.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pickles made to cost as much as the limits permit cost little. */
class ExpensivePicklesTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long ALLOCATION_BOUND = 256L << 20;
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void asManySmallDictionariesAsInstructionsPermit() {
        PickleWriter pickle = new PickleWriter().op(Opcode.MARK);
        int count = 60_000;
        for (int i = 0; i < count; i++) {
            pickle.op(Opcode.EMPTY_DICT).put(i).value("k").put(count + i).op(Opcode.NONE, Opcode.SETITEM);
        }
        assertEquals(count, ((List<?>) cheaply(pickle.op(Opcode.TUPLE).stop())).size());
    }

    @Test
    void oneDictionaryWhereAllKeysHashAlike() {
        PickleWriter pickle = new PickleWriter().op(Opcode.EMPTY_DICT, Opcode.MARK);
        int bits = 16;
        for (int i = 0; i < 1 << bits; i++) {
            StringBuilder key = new StringBuilder();
            for (int bit = 0; bit < bits; bit++) {
                key.append((i >> bit & 1) == 0 ? "Aa" : "BB"); // the two have one hash
            }
            pickle.value(key.toString()).value(true);
        }
        assertEquals(1 << bits, ((Map<?, ?>) cheaply(pickle.op(Opcode.SETITEMS).stop())).size());
    }

    @Test
    void theLongestTextThatFits() {
        assertEquals(8_000_000, ((String) cheaply(PickleWriter.of("x".repeat(8_000_000)))).length());
    }

    private static Object cheaply(byte[] pickle) {
        TorchObjects noStorages = new TorchObjects(key -> MemorySegment.NULL);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Object value = assertTimeout(SOON,
                () -> PickleMachine.run(MemorySegment.ofArray(pickle), noStorages, PlainData.Budget.forFile(pickle.length)));
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < ALLOCATION_BOUND, () -> "allocated " + allocated + " bytes");
        return value;
    }
}
