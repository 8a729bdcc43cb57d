package io.utter.bench.load;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that run beside each other, each on a virtual thread. */
final class Crowd {
    private Crowd() {}

    /**
     * Runs them all to their ends.
     *
     * @throws InterruptedException if the calling thread is interrupted; all clients have then hung up
     */
    static void run(List<Callable<Void>> clients) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> client : threads.invokeAll(clients)) {
                client.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause()); // clients tell of failures in what they return
        }
    }

    /** Waits for an instant of {@link System#nanoTime}, if it is still to come. */
    static void sleepUntil(long instant) throws InterruptedException {
        long left = instant - System.nanoTime();
        if (left > 0) {
            Thread.sleep(Duration.ofNanos(left));
        }
    }
}
