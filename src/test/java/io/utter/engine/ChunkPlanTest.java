package io.utter.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ChunkPlanTest {

    /** Chunk lengths of a sentence whose tokens come one at a time. */
    private static List<Integer> chunks(ChunkPlan plan, int tokens) {
        List<Integer> lengths = new ArrayList<>();
        int begun = 0;
        for (int known = 1; known <= tokens; known++) {
            for (boolean ended : known == tokens ? new boolean[] {false, true} : new boolean[] {false}) {
                int next;
                while ((next = plan.next(lengths.size(), begun, known, ended)) > begun) {
                    assertTrue(ended || next + plan.lookAhead() <= known, "audio is made only where the look-ahead is known");
                    lengths.add(next - begun);
                    begun = next;
                }
            }
        }
        assertEquals(tokens, begun, "every token becomes audio once");
        return lengths;
    }

    @Property
    void everyTokenBecomesAudioOnceAndNoChunkAfterTheFirstIsASliver(@ForAll @IntRange(min = 1, max = 600) int tokens,
            @ForAll @IntRange(min = 1, max = 40) int first, @ForAll @IntRange(min = 1, max = 8) int lookAhead,
            @ForAll @IntRange(min = 0, max = 20) int more, @ForAll @DoubleRange(min = 1, max = 3) double growth) {
        ChunkPlan plan = new ChunkPlan(first, lookAhead, lookAhead + more, growth, first + 60);
        List<Integer> lengths = chunks(plan, tokens);
        for (int i = 1; i < lengths.size(); i++) {
            int least = i == 1 ? Math.min(first, plan.lookAhead()) : Math.min(first, plan.hold());
            assertTrue(lengths.get(i) >= least, "chunk " + i + " of " + lengths);
        }
    }

    @Test
    void theFirstChunkLeavesAsSoonAsItsLookAheadIsKnown() {
        ChunkPlan plan = new ChunkPlan(12, 4, 8, 1.5, 75);
        assertEquals(0, plan.next(0, 0, 15, false));
        assertEquals(12, plan.next(0, 0, 16, false));
    }

    @Test
    void chunksGrow() {
        List<Integer> lengths = chunks(new ChunkPlan(10, 4, 8, 2, 40), 200);
        assertEquals(List.of(10, 20, 40, 40), lengths.subList(0, 4));
    }

    @Test
    void aWholeSentenceIsOneChunk() {
        assertEquals(List.of(500), chunks(ChunkPlan.WHOLE, 500));
    }
}
