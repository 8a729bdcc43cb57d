package io.utter.cli;

import java.time.Duration;
import sun.misc.Signal;

/**
 * Ctrl-C and SIGTERM for commands other than {@code serve}. The command's thread is interrupted, so that it puts away what it has begun,
 * and the process then exits as its signal wants. Left to the virtual machine, ONNX Runtime would be shut down while it still computes,
 * which crashes.
 */
final class Interruption {
    /** What a command is given to come to its end. */
    private static final Duration GRACE = Duration.ofSeconds(10);
    /** What shells add to a signal's number. */
    private static final int SIGNAL_EXIT_CODE = 128;

    private final Thread command;
    private volatile int exitCode;

    private Interruption(Thread command) {
        this.command = command;
    }

    /** Watches over the command that the calling thread is about to run. */
    static Interruption ofThisThread() {
        Interruption interruption = new Interruption(Thread.currentThread());
        Signal.handle(new Signal("INT"), interruption::arrived);
        Signal.handle(new Signal("TERM"), interruption::arrived);
        return interruption;
    }

    private void arrived(Signal signal) {
        boolean again = exitCode != 0;
        exitCode = SIGNAL_EXIT_CODE + signal.getNumber();
        if (again) {
            Runtime.getRuntime().halt(exitCode);
        }
        command.interrupt();
        Thread.ofPlatform().daemon(true).start(this::endAtLast);
    }

    private void endAtLast() {
        try {
            Thread.sleep(GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode);
    }

    /** The exit code of a command that ended with this one of its own. */
    int exitCode(int own) {
        return exitCode == 0 ? own : exitCode;
    }
}
