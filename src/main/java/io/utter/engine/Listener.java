package io.utter.engine;

import io.utter.error.UtterException;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.function.BooleanSupplier;

/** Hears a stream to its end on the calling thread, a chunk at a time. */
public final class Listener implements Flow.Subscriber<float[]> {

    /** Where chunks go. */
    @FunctionalInterface
    public interface Sink {
        void take(float[] samples) throws IOException;
    }

    private sealed interface Signal {
        record Chunk(float[] samples) implements Signal {}

        record Failure(Throwable cause) implements Signal {}

        record End() implements Signal {}
    }

    // One chunk is asked for at a time, and the end may follow it.
    private final BlockingQueue<Signal> signals = new ArrayBlockingQueue<>(2);
    private volatile Flow.Subscription subscription;

    private Listener() {}

    /** @throws IOException if the sink fails, which cancels the stream */
    public static void hear(SpeechStream stream, Sink sink) throws IOException, InterruptedException {
        hearUntil(() -> false, stream, sink);
    }

    /** The same, but leaves when it has heard enough, which is asked after each chunk. */
    public static void hearUntil(BooleanSupplier enough, SpeechStream stream, Sink sink) throws IOException, InterruptedException {
        Listener listener = new Listener();
        stream.subscribe(listener);
        try {
            listener.hearTo(sink, enough);
        } catch (IOException | InterruptedException | RuntimeException e) {
            listener.subscription.cancel();
            throw e;
        }
    }

    private void hearTo(Sink sink, BooleanSupplier enough) throws IOException, InterruptedException {
        while (true) {
            switch (signals.take()) {
                case Signal.Chunk(float[] samples) -> {
                    sink.take(samples);
                    if (enough.getAsBoolean()) {
                        subscription.cancel();
                        return;
                    }
                    subscription.request(1);
                }
                case Signal.Failure(UtterException e) -> throw e;
                case Signal.Failure(Throwable cause) -> throw new IllegalStateException(cause);
                case Signal.End _ -> {
                    return;
                }
            }
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription s) {
        subscription = s;
        s.request(1);
    }

    @Override
    public void onNext(float[] samples) {
        signals.add(new Signal.Chunk(samples));
    }

    @Override
    public void onError(Throwable failure) {
        signals.add(new Signal.Failure(failure));
    }

    @Override
    public void onComplete() {
        signals.add(new Signal.End());
    }
}
