package io.utter.admission;

import io.utter.error.UtterException;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedSet;
import java.util.function.LongSupplier;

/**
 * Lets requests in as long as their wait for a slot is expected to be short, and a client has not more here than its share. Answers at
 * once. Safe for use by many threads; its lock is held for a few additions only.
 *
 * <p>A request comes in two steps: {@link #enter} when nothing but its client is known, {@link Permit#queue} when its text is. Only from
 * the second on does it take room in the queue, so whoever sends slowly keeps nobody out.
 *
 * <p>The wait is that of a queue in order of arrival before slots that share one machine: the characters of all who wait and of half a
 * running stream, which on average is what must be spoken before the next slot is free, over the rate at which the machine speaks.
 * While that rate is unknown, only counts bound the queue.
 */
public final class AdmissionGate {
    private static final Duration RETRY_AT_LEAST = Duration.ofSeconds(1);
    private static final double MILLIS = 1e3;

    private final Bounds bounds;
    private final LongSupplier nanoTime;
    private final BusyClock clock = new BusyClock();
    private final SynthesisRate rate;
    private final SequencedSet<Permit> waiting = new LinkedHashSet<>();
    private final Map<String, Integer> clients = new HashMap<>(); // how many each has here; without those who have none
    private int atTheDoor;
    private int running;
    private long waitingCharacters;
    private long runningCharacters;

    public AdmissionGate(Bounds bounds) {
        this(bounds, System::nanoTime);
    }

    AdmissionGate(Bounds bounds, LongSupplier nanoTime) {
        this.bounds = bounds;
        this.nanoTime = nanoTime;
        this.rate = new SynthesisRate(bounds.slots());
    }

    /**
     * Lets a request in whose text is not known yet.
     *
     * @param client who asks; those of the same name share a quota
     * @param patience how long the caller would wait; whoever would have left by the time of its turn is refused right now
     * @throws UtterException.OverQuota if the client has as many requests here as one may have
     * @throws UtterException.Unavailable if the wait would be too long
     */
    public Permit enter(String client, Duration patience) {
        return enter(client, bounds.perClient(), patience);
    }

    /**
     * The same for a client with a share of its own.
     *
     * @param share requests of it that may be here at the same time; 0 is no limit
     */
    public synchronized Permit enter(String client, int share, Duration patience) {
        if (share > 0 && clients.getOrDefault(client, 0) >= share) {
            throw new UtterException.OverQuota("too_many_requests",
                    "At most %d requests of one client are served at the same time.".formatted(share), RETRY_AT_LEAST);
        }
        refuseIfOverloaded(patience);
        clients.merge(client, 1, Integer::sum);
        atTheDoor++;
        return new Permit(this, client);
    }

    /** How long a request that came now would wait for a slot; empty while nothing is known of how fast the server speaks. */
    public synchronized Optional<Duration> estimatedWait() {
        if (running < bounds.slots()) {
            return Optional.of(Duration.ZERO);
        }
        OptionalDouble known = rate.charactersPerSecond();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        double ahead = waitingCharacters + 0.5 * runningCharacters / running;
        return Optional.of(Duration.ofMillis(Math.round(ahead / known.getAsDouble() * MILLIS)));
    }

    /** Permits that have not been given back. */
    public synchronized int held() {
        return atTheDoor + waiting.size() + running;
    }

    synchronized void queue(Permit permit, int characters, Duration patience) {
        if (permit.place == Permit.Place.GONE) {
            return;
        }
        if (permit.place != Permit.Place.AT_THE_DOOR) {
            throw new IllegalStateException("a permit queues once");
        }
        refuseIfOverloaded(patience);
        atTheDoor--;
        permit.characters = characters;
        if (running < bounds.slots()) {
            start(permit);
        } else {
            permit.place = Permit.Place.IN_THE_QUEUE;
            waiting.add(permit);
            waitingCharacters += characters;
        }
    }

    synchronized void giveBack(Permit permit, boolean finished) {
        Permit.Place place = permit.place;
        permit.place = Permit.Place.GONE;
        switch (place) {
            case AT_THE_DOOR -> atTheDoor--;
            case IN_THE_QUEUE -> leaveQueue(permit);
            case IN_A_SLOT -> stop(permit, finished);
            case GONE -> {
                return;
            }
        }
        clients.computeIfPresent(permit.client, (_, here) -> here == 1 ? null : here - 1);
    }

    private void refuseIfOverloaded(Duration patience) {
        if (running < bounds.slots()) {
            return;
        }
        Duration longest = patience.compareTo(bounds.longestWait()) < 0 ? patience : bounds.longestWait();
        Duration wait = estimatedWait().orElse(Duration.ZERO);
        if (waiting.size() >= bounds.mostWaiting() || wait.compareTo(longest) > 0) {
            throw new UtterException.Unavailable("overloaded", "The server is busy and the queue is full; try again later.",
                    wait.compareTo(RETRY_AT_LEAST) > 0 ? wait : RETRY_AT_LEAST);
        }
    }

    private void start(Permit permit) {
        permit.place = Permit.Place.IN_A_SLOT;
        running++;
        runningCharacters += permit.characters;
        long now = nanoTime.getAsLong();
        clock.run(running, now);
        permit.entered = clock.read(now);
    }

    private void stop(Permit permit, boolean finished) {
        BusyClock.Reading left = clock.read(nanoTime.getAsLong());
        if (finished) {
            rate.finished(permit.characters, permit.entered, left);
        }
        running--;
        runningCharacters -= permit.characters;
        clock.run(running, left.nanoTime());
        if (!waiting.isEmpty()) {
            Permit next = waiting.getFirst();
            leaveQueue(next);
            start(next);
        }
    }

    private void leaveQueue(Permit permit) {
        waiting.remove(permit);
        waitingCharacters -= permit.characters;
    }
}
