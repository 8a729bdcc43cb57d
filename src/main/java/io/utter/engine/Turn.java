package io.utter.engine;

/**
 * Whose turn it is to compute. Only so many networks run at the same time as the machine has processors for: more would slow each other
 * down. Where both sides wait for the same processor, the one whose most urgent stream is more urgent goes next; the acoustic stage if
 * they are equal, since it is nearer to being heard.
 */
final class Turn {
    /** Who computes. */
    enum Side {
        /** One thread. */
        DECODE,
        /** One or more threads. */
        ACOUSTIC
    }

    /** Nothing to do. */
    static final long NEVER = Long.MAX_VALUE;

    private int free;
    private long decode = NEVER;
    private long acoustic = NEVER;
    private boolean decoding;

    /** @param runs networks that may run at the same time */
    Turn(int runs) {
        this.free = runs;
    }

    /** Says until when the side's next work is wanted (in terms of {@link System#nanoTime()}), or {@link #NEVER} while it has none. */
    synchronized void wants(Side side, long until) {
        if (side == Side.DECODE) {
            decode = until;
        } else {
            acoustic = until;
        }
        notifyAll();
    }

    /** Waits until it is the side's turn, and computes. */
    void take(Side side, Runnable work) {
        enter(side);
        try {
            work.run();
        } finally {
            leave(side);
        }
    }

    private synchronized void enter(Side side) {
        boolean interrupted = false;
        while (free == 0 || free == 1 && !isNext(side)) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true; // whoever computes needs only a moment
            }
        }
        free--;
        decoding |= side == Side.DECODE;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the one processor that is free is the side's. The decode loop's wish stands between its steps, but not while it takes one. */
    private boolean isNext(Side side) {
        if (side == Side.ACOUSTIC) {
            return decode == NEVER || decoding || acoustic != NEVER && acoustic - decode <= 0;
        }
        return acoustic == NEVER || acoustic - decode > 0;
    }

    private synchronized void leave(Side side) {
        free++;
        decoding &= side != Side.DECODE;
        notifyAll();
    }
}
