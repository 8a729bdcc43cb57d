package io.utter.admission;

import io.utter.error.UtterException;

import java.time.Duration;

/**
 * A request's leave to be here. It is given back once, by {@link #finished} or {@link #close}, whichever comes first; the other, and
 * every further call, does nothing. Safe for use by many threads.
 */
public final class Permit implements AutoCloseable {

    /** Where its request is. */
    enum Place { AT_THE_DOOR, IN_THE_QUEUE, IN_A_SLOT, GONE }

    final String client;
    Place place = Place.AT_THE_DOOR; // this and what follows: guarded by the gate
    int characters;
    BusyClock.Reading entered;
    private final AdmissionGate gate;

    Permit(AdmissionGate gate, String client) {
        this.gate = gate;
        this.client = client;
    }

    /**
     * Goes on with a text of this many characters, once that is known: into a slot if one is free, or behind those who wait. To be called
     * once; does nothing if the permit has been given back already, since a client may leave at any time.
     *
     * @param patience as in {@link AdmissionGate#enter}, less what has passed since
     * @throws UtterException.Unavailable if the queue has become too long meanwhile; the permit is still to be given back
     */
    public void queue(int characters, Duration patience) {
        gate.queue(this, characters, patience);
    }

    /** Gives it back: the whole text has been spoken, and the gate learns from it how fast that goes. */
    public void finished() {
        gate.giveBack(this, true);
    }

    /** Gives it back: the request ended in any other way. */
    @Override
    public void close() {
        gate.giveBack(this, false);
    }
}
