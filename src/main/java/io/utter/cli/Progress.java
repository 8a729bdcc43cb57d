package io.utter.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A line on standard error that says what is being done, for whatever takes longer than a second. It shows on a terminal, or where it was
 * asked for, and is wiped out when the work is over.
 */
final class Progress implements AutoCloseable {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration EVERY = Duration.ofMillis(250);
    private static final String WIPE = "\r\033[K";

    private final PrintWriter err;
    private final Thread thread;
    private volatile Supplier<String> doing;
    private volatile boolean shown;

    private Progress(PrintWriter err, String doing) {
        this.err = err;
        this.doing = () -> doing;
        this.thread = Thread.ofVirtual().unstarted(this::show);
    }

    /** @param forced whether it was asked for, so that it shows without a terminal too */
    static Progress of(PrintWriter err, boolean forced, String doing) {
        Progress progress = new Progress(err, doing);
        if (forced || System.console() != null && System.console().isTerminal()) {
            progress.thread.start();
        }
        return progress;
    }

    /** From now on this is what is being done. */
    void now(Supplier<String> what) {
        doing = what;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (shown) {
            err.print(WIPE);
            err.flush();
        }
    }

    private void show() {
        long began = System.nanoTime();
        try {
            Thread.sleep(FIRST);
            while (true) {
                err.printf("%s%s (%d s)", WIPE, doing.get(), Duration.ofNanos(System.nanoTime() - began).toSeconds());
                err.flush();
                shown = true;
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            // the work is over
        }
    }
}
