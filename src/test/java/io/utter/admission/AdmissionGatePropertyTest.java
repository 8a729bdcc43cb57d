package io.utter.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.error.UtterException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever happens at the gate, in whatever order. */
class AdmissionGatePropertyTest {
    private static final Duration PATIENT = Duration.ofMinutes(5);
    private static final int CLIENTS = 3;

    private final AtomicLong now = new AtomicLong();

    /** What may happen: to a request that is there, picked by {@code who}, or by one that comes. */
    record Event(What what, int who, int characters) {}

    enum What { ENTER, QUEUE, FINISH, CLOSE }

    @Provide
    Arbitrary<Event> event() {
        return Combinators
                .combine(Arbitraries.of(What.class), Arbitraries.integers().between(0, 1000), Arbitraries.integers().between(0, 5000))
                .as(Event::new);
    }

    @Property
    void permitsNeverLeakAndNeverCountBelowZero(@ForAll @Size(max = 80) List<@From("event") Event> events,
            @ForAll @IntRange(min = 1, max = 4) int slots, @ForAll @IntRange(max = 4) int mostWaiting,
            @ForAll @IntRange(max = 3) int perClient) {
        AdmissionGate gate = new AdmissionGate(new Bounds(slots, Duration.ofSeconds(10), mostWaiting, perClient), now::get);
        List<Permit> here = new ArrayList<>();
        List<Permit> gone = new ArrayList<>();
        for (Event event : events) {
            now.addAndGet(event.characters() * 1_000_000L);
            happen(event, gate, here, gone);
            assertEquals(here.size(), gate.held());
            assertTrue(gate.estimatedWait().orElse(Duration.ZERO).compareTo(Duration.ZERO) >= 0);
            assertTrue(here.stream().filter(permit -> permit.place == Permit.Place.IN_A_SLOT).count() <= slots);
            assertTrue(here.stream().filter(permit -> permit.place == Permit.Place.IN_THE_QUEUE).count() <= mostWaiting);
        }
        here.forEach(Permit::close);
        gone.forEach(Permit::finished);
        assertEquals(0, gate.held());
        assertEquals(Optional.of(Duration.ZERO), gate.estimatedWait());
        for (int i = 0; i < CLIENTS * perClient; i++) {
            gate.enter("client" + i % CLIENTS, PATIENT); // every share is whole again
        }
    }

    private static void happen(Event event, AdmissionGate gate, List<Permit> here, List<Permit> gone) {
        try {
            if (event.what() == What.ENTER || here.isEmpty()) {
                here.add(gate.enter("client" + event.who() % CLIENTS, PATIENT));
                return;
            }
            Permit one = here.get(event.who() % here.size());
            switch (event.what()) {
                case QUEUE -> one.queue(event.characters(), PATIENT);
                case FINISH -> {
                    one.finished();
                    here.remove(one);
                    gone.add(one);
                }
                default -> {
                    one.close();
                    here.remove(one);
                    gone.add(one);
                }
            }
        } catch (UtterException.Unavailable | UtterException.OverQuota | IllegalStateException refused) {
            // is one of the things that happen
        }
    }

    @Property
    void theWaitNeverFallsWhenSomebodyComesAndNeverRisesWhenSomebodyLeaves(
            @ForAll @Size(max = 60) List<@IntRange(min = 1, max = 5000) Integer> coming, @ForAll @IntRange(min = 1, max = 5) int slots,
            @ForAll @IntRange(min = 1, max = 1000) int charactersPerSecond, @ForAll @Size(60) List<@IntRange(max = 1000) Integer> leaving) {
        AdmissionGate gate = new AdmissionGate(new Bounds(slots, Duration.ofDays(1), 100, 0), now::get);
        Permit teacher = gate.enter("teacher", PATIENT);
        teacher.queue(charactersPerSecond, PATIENT);
        now.addAndGet(1_000_000_000);
        teacher.finished();
        List<Permit> here = new ArrayList<>();
        Duration before = gate.estimatedWait().orElseThrow();
        for (int characters : coming) {
            Permit permit = gate.enter("someone", Duration.ofDays(1));
            permit.queue(characters, Duration.ofDays(1));
            here.add(permit);
            Duration after = gate.estimatedWait().orElseThrow();
            assertTrue(after.compareTo(before) >= 0, () -> "somebody came");
            before = after;
        }
        for (int i = 0; !here.isEmpty(); i++) {
            here.remove(leaving.get(i) % here.size()).close();
            Duration after = gate.estimatedWait().orElseThrow();
            assertTrue(after.compareTo(before) <= 0, () -> "somebody left");
            before = after;
        }
    }
}
