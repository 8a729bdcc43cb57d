package io.utter.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.error.UtterException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdmissionGateTest {
    private static final Duration PATIENT = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final AtomicLong now = new AtomicLong();

    private AdmissionGate gate(int slots, int mostWaiting, int perClient) {
        return new AdmissionGate(new Bounds(slots, LONGEST, mostWaiting, perClient), now::get);
    }

    /** Has the gate learn that a full server speaks 10 characters a second. */
    private AdmissionGate tenASecond(int slots, int mostWaiting) {
        AdmissionGate gate = gate(slots, mostWaiting, 0);
        List<Permit> all = new ArrayList<>();
        for (int i = 0; i < slots; i++) {
            all.add(come(gate, 10));
        }
        pass(Duration.ofSeconds(slots));
        all.forEach(Permit::finished);
        return gate;
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static Permit come(AdmissionGate gate, int characters) {
        Permit permit = gate.enter("someone", PATIENT);
        permit.queue(characters, PATIENT);
        return permit;
    }

    private static UtterException.Unavailable refused(AdmissionGate gate) {
        UtterException.Unavailable refusal = assertThrows(UtterException.Unavailable.class, () -> gate.enter("someone", PATIENT));
        assertEquals("overloaded", refusal.code());
        return refusal;
    }

    @Test
    void aClientMayHaveAShareOfItsOwn() {
        AdmissionGate gate = gate(4, 4, 1);
        Permit first = gate.enter("big", 2, PATIENT);
        gate.enter("big", 2, PATIENT);
        assertThrows(UtterException.OverQuota.class, () -> gate.enter("big", 2, PATIENT));
        gate.enter("small", PATIENT);
        assertThrows(UtterException.OverQuota.class, () -> gate.enter("small", PATIENT));
        first.close();
        gate.enter("big", 2, PATIENT);
    }

    @Test
    void whileNothingIsKnownOfTheSpeedOnlyTheCountIsABound() {
        AdmissionGate gate = gate(2, 3, 0);
        for (int i = 0; i < 5; i++) {
            come(gate, 1_000_000);
        }
        assertEquals(Optional.empty(), gate.estimatedWait());
        assertEquals(Duration.ofSeconds(1), refused(gate).retryAfter());
    }

    @Test
    void theWaitIsWhatMustBeSpokenBeforeASlotIsFree() {
        AdmissionGate gate = tenASecond(2, 99);
        come(gate, 20);
        assertEquals(Optional.of(Duration.ZERO), gate.estimatedWait(), "one slot is free");
        come(gate, 60);
        assertEquals(Optional.of(Duration.ofSeconds(2)), gate.estimatedWait(), "half of a mean stream of 40");
        come(gate, 50);
        assertEquals(Optional.of(Duration.ofSeconds(7)), gate.estimatedWait(), "and 50 that wait");
    }

    @Test
    void aWaitThatWouldBeTooLongIsRefusedAndTheCallerToldHowLong() {
        AdmissionGate gate = tenASecond(1, 99);
        come(gate, 40);
        come(gate, 80);
        assertEquals(Optional.of(Duration.ofSeconds(10)), gate.estimatedWait());
        come(gate, 5); // a wait as long as the longest is not too long
        assertEquals(Duration.ofMillis(10_500), refused(gate).retryAfter());
    }

    @Test
    void whoWouldHaveLeftByTheTimeOfItsTurnIsRefusedRightNow() {
        AdmissionGate gate = tenASecond(1, 99);
        come(gate, 100);
        assertThrows(UtterException.Unavailable.class, () -> gate.enter("hasty", Duration.ofMillis(4999)));
        gate.enter("patient", Duration.ofSeconds(5)).close();
    }

    @Test
    void whoComesWhileABodyIsReadGoesFirst() {
        AdmissionGate gate = gate(1, 0, 0);
        Permit slow = gate.enter("slow", PATIENT);
        Permit quick = come(gate, 10);
        assertThrows(UtterException.Unavailable.class, () -> slow.queue(10, PATIENT));
        slow.close();
        quick.close();
        assertEquals(0, gate.held());
    }

    @Test
    void whoSendsSlowlyKeepsNobodyOut() {
        AdmissionGate gate = gate(1, 1, 0);
        for (int i = 0; i < 100; i++) {
            gate.enter("slow", PATIENT);
        }
        come(gate, 10);
        come(gate, 10);
    }

    @Test
    void theQueueMovesUpInOrderOfArrival() {
        AdmissionGate gate = tenASecond(1, 99);
        Permit first = come(gate, 20);
        come(gate, 60);
        come(gate, 10);
        assertEquals(Optional.of(Duration.ofSeconds(8)), gate.estimatedWait());
        first.close();
        assertEquals(Optional.of(Duration.ofSeconds(4)), gate.estimatedWait(), "half of 60, and 10");
    }

    @Test
    void whoLeavesTheQueueMakesItShorter() {
        AdmissionGate gate = tenASecond(1, 1);
        come(gate, 10);
        Permit waits = come(gate, 10);
        refused(gate);
        waits.close();
        come(gate, 10);
    }

    @Test
    void aClientHasItsShareAndNoMore() {
        AdmissionGate gate = gate(8, 8, 2);
        Permit first = gate.enter("greedy", PATIENT);
        gate.enter("greedy", PATIENT);
        UtterException.OverQuota refusal = assertThrows(UtterException.OverQuota.class, () -> gate.enter("greedy", PATIENT));
        assertEquals("too_many_requests", refusal.code());
        gate.enter("modest", PATIENT);
        first.close();
        first.close();
        gate.enter("greedy", PATIENT);
        assertThrows(UtterException.OverQuota.class, () -> gate.enter("greedy", PATIENT), "a permit that is given back twice counts once");
    }

    @Test
    void onlyWhatWasSpokenInFullTeachesTheSpeed() {
        AdmissionGate gate = gate(1, 1, 0);
        Permit cancelled = come(gate, 1000);
        pass(Duration.ofMillis(1));
        cancelled.close();
        cancelled.finished();
        Permit runs = come(gate, 10);
        assertEquals(Optional.empty(), gate.estimatedWait());
        pass(Duration.ofSeconds(1));
        runs.finished();
        come(gate, 10);
        assertEquals(Optional.of(Duration.ofMillis(500)), gate.estimatedWait());
    }

    @Test
    void aPermitQueuesOnce() {
        AdmissionGate gate = gate(1, 1, 0);
        Permit permit = come(gate, 10);
        assertThrows(IllegalStateException.class, () -> permit.queue(10, PATIENT));
    }

    @Test
    void whoHasLeftDoesNotQueue() {
        AdmissionGate gate = gate(1, 1, 0);
        Permit permit = gate.enter("someone", PATIENT);
        permit.close();
        permit.queue(10, PATIENT);
        assertEquals(0, gate.held());
    }

    @Test
    void manyThreadsAtOnceLeaveNothingBehind() throws Exception {
        AdmissionGate gate = new AdmissionGate(new Bounds(4, LONGEST, 8, 3));
        CountDownLatch together = new CountDownLatch(1);
        AtomicLong letIn = new AtomicLong();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 64; thread++) {
                String client = "client" + thread % 8;
                threads.submit(() -> {
                    together.await();
                    for (int i = 0; i < 500; i++) {
                        try (Permit permit = gate.enter(client, PATIENT)) {
                            permit.queue(i, PATIENT);
                            letIn.incrementAndGet();
                            Thread.yield();
                            if (i % 2 == 0) {
                                permit.finished();
                            }
                        } catch (UtterException.Unavailable | UtterException.OverQuota refusal) {
                            Thread.yield();
                        }
                    }
                    return null;
                });
            }
            together.countDown();
        }
        assertTrue(letIn.get() > 0);
        assertEquals(0, gate.held());
        assertEquals(Optional.of(Duration.ZERO), gate.estimatedWait());
        for (int client = 0; client < 8; client++) {
            for (int i = 0; i < 3; i++) {
                gate.enter("client" + client, PATIENT); // nobody's share is used up by those who are gone
            }
        }
    }
}
