package io.utter.bench.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.bench.load.Heard.Outcome;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VisitTest {
    private final Prompts prompts = new Prompts("m", "v");

    @Test
    void amongAThousandVisitorsAreAllKinds() {
        Set<Visit.Kind> kinds = IntStream.range(0, 1000).mapToObj(i -> visit(i).kind()).collect(Collectors.toSet());
        assertEquals(EnumSet.allOf(Visit.Kind.class), kinds);
    }

    @Test
    void theSameNumberIsTheSameVisit() {
        assertEquals(visit(7).manners(), visit(7).manners());
        assertArrayEquals(visit(7).body(), visit(7).body());
    }

    @Test
    void whoListensMustNotLoseAnything() {
        Visit visit = Visit.listening(prompts.ask(0));
        assertTrue(visit.allows(Outcome.COMPLETE) && visit.allows(Outcome.REFUSED));
        assertFalse(visit.allows(Outcome.BROKEN) || visit.allows(Outcome.FAILED) || visit.allows(Outcome.BLAMED));
    }

    @Test
    void noTwoAsksAreTheSame() {
        assertEquals(Prompts.distinct(), IntStream.range(0, Prompts.distinct()).mapToObj(prompts::ask).distinct().count());
        assertEquals(prompts.ask(0), prompts.ask(Prompts.distinct()));
    }

    private Visit visit(int number) {
        return Visit.any(new Random(number), prompts.brief(), prompts.lengthy());
    }
}
