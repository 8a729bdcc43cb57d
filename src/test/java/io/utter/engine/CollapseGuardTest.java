package io.utter.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CollapseGuardTest {
    private static final int VOCABULARY = 1025;
    private static final int PHONES = 60;

    /** Feeds tokens until the guard says stop: {tokens fed, good tokens}; or {limit, -1}. */
    private static int[] feed(IntUnaryOperator tokenAt, int limit) {
        CollapseGuard guard = new CollapseGuard(PHONES, VOCABULARY);
        for (int i = 0; i < limit; i++) {
            OptionalInt good = guard.add(tokenAt.applyAsInt(i));
            if (good.isPresent()) {
                return new int[] {i + 1, good.getAsInt()};
            }
        }
        return new int[] {limit, -1};
    }

    @Property
    void variedTokensNeverCollapse(@ForAll long seed) {
        Random random = new Random(seed);
        assertEquals(-1, feed(i -> random.nextInt(1024), 1500)[1]);
    }

    @Property
    void oneTokenOverAndOverIsNoticedWithinTwoSecondsAndCutWhereItBegan(@ForAll @IntRange(max = 300) int before) {
        Random random = new Random(before);
        int[] stop = feed(i -> i < before ? 1 + random.nextInt(1000) : 0, before + 100);
        assertTrue(stop[0] > before + 19 && stop[0] <= before + 48, "noticed after " + (stop[0] - before));
        assertTrue(stop[1] >= before && stop[1] <= before + 1, "good until " + stop[1]);
    }

    @Property
    void aShortPatternOverAndOverIsNoticedWithinItsSixtyFourTokens(@ForAll @IntRange(min = 2, max = 8) int period,
            @ForAll @IntRange(max = 200) int before) {
        Random random = new Random(before);
        int[] stop = feed(i -> i < before ? 100 + random.nextInt(900) : (i - before) % period, before + 120);
        assertTrue(stop[0] <= before + 65, "noticed after " + (stop[0] - before));
        assertTrue(stop[1] >= before && stop[1] <= before + period + 1, "good until " + stop[1]);
    }

    @Test
    void aPauseOfASecondIsNoCollapse() {
        Random random = new Random(1);
        assertEquals(-1, feed(i -> i >= 50 && i < 75 ? 486 : random.nextInt(1024), 200)[1]);
    }
}
