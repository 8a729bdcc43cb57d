package io.utter.engine;

/**
 * On a machine with few cores the decode loop and the acoustic stage take turns: side by side they would only slow each other down. The
 * one whose most urgent stream is more urgent goes next; the acoustic stage if they are equal, since it is nearer to being heard.
 */
final class Turn {
    /** Who may compute. */
    enum Side {
        DECODE, ACOUSTIC
    }

    /** Nothing to do. */
    static final long NEVER = Long.MAX_VALUE;

    private final long[] urgency = {NEVER, NEVER};
    private boolean busy;

    /** Says until when the side's next work is wanted (in terms of {@link System#nanoTime()}), or {@link #NEVER} while it has none. */
    synchronized void wants(Side side, long until) {
        urgency[side.ordinal()] = until;
        notifyAll();
    }

    /** Waits until it is the side's turn, and computes. */
    void take(Side side, Runnable work) {
        enter(side);
        try {
            work.run();
        } finally {
            leave();
        }
    }

    private synchronized void enter(Side side) {
        boolean interrupted = false;
        while (busy || !isNext(side)) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true; // whoever computes needs only a moment
            }
        }
        busy = true;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isNext(Side side) {
        long decode = urgency[Side.DECODE.ordinal()];
        long acoustic = urgency[Side.ACOUSTIC.ordinal()];
        if (decode == NEVER || acoustic == NEVER) {
            return urgency[side.ordinal()] != NEVER || decode == acoustic;
        }
        boolean acousticFirst = acoustic - decode <= 0;
        return side == (acousticFirst ? Side.ACOUSTIC : Side.DECODE);
    }

    private synchronized void leave() {
        busy = false;
        notifyAll();
    }
}
