package io.utter.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.error.UtterException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
    private static final DeviceName POOL = DeviceName.parse("cpu-pool").orElseThrow();
    private static final Bundle BUNDLE = Bundle.open(Path.of("models/default"));

    private static MemoryPlan plan(int slots, int positions) {
        return MemoryPlan.of(BUNDLE, Placement.on(POOL, 1, new Placement.Room(positions, 1, 4, false)), slots);
    }

    /** 4 layers x 256 channels x keys and values x 4 bytes, for 16 rows and the draft. */
    @Test
    void cachesTakeWhatTheirExtentsSay() {
        assertEquals(4L * 256 * 2 * 4 * 1024 * 17, plan(16, 1024).caches());
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheSizes() {
        MemoryPlan plan = plan(64, 2048).within(1 << 30);
        UtterException.Failed refused = assertThrows(UtterException.Failed.class, () -> plan.check("default", POOL));
        assertEquals("does_not_fit", refused.code());
        assertTrue(refused.getMessage().matches(".* needs \\d+\\.\\d\\d GiB .*weights .*caches .*work space .*may have 1\\.00 GiB.*"), refused.getMessage());
        plan(1, 512).within(3L << 30).check("default", POOL);
    }

    @Test
    void theBudgetIsUsedToTheLastRow() {
        long budget = 4L << 30;
        int rows = (int) plan(16, 2048).within(budget).mostRows(16);
        MemoryPlan full = plan(rows, 2048).within(budget);
        full.check("default", POOL);
        assertTrue(full.total() > 0.92 * budget, full.total() + " of " + budget);
        assertThrows(UtterException.Failed.class, () -> plan(rows + 1, 2048).within(budget).check("default", POOL));
    }

    /** Its memory is managed by others. */
    @Test
    void theProcessorHasNoBudget() {
        MemoryPlan plan = MemoryPlan.of(BUNDLE, Placement.onProcessor(1), 1000);
        assertEquals(0, plan.total());
        plan.within(1).check("default", DeviceName.CPU);
    }
}
