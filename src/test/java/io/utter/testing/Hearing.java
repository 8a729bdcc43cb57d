package io.utter.testing;

import io.utter.engine.SpeechStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;

/** A listener that takes what it asks for and waits, without sleeping, for what is to come. */
public final class Hearing {
    private final List<float[]> chunks = new ArrayList<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private Flow.Subscription subscription;

    private Hearing() {}

    /** Subscribes, asking for nothing yet. */
    public static Hearing of(SpeechStream stream) {
        Hearing hearing = new Hearing();
        stream.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                hearing.subscription = subscription;
            }

            @Override
            public void onNext(float[] chunk) {
                hearing.take(chunk);
            }

            @Override
            public void onError(Throwable failure) {
                hearing.end.completeExceptionally(failure);
                hearing.wakeUp();
            }

            @Override
            public void onComplete() {
                hearing.end.complete(null);
                hearing.wakeUp();
            }
        });
        return hearing;
    }

    private synchronized void take(float[] chunk) {
        chunks.add(chunk);
        notifyAll();
    }

    private synchronized void wakeUp() {
        notifyAll();
    }

    public void request(long n) {
        subscription.request(n);
    }

    public void cancel() {
        subscription.cancel();
    }

    /** Waits until so many chunks have come, or the stream has ended. */
    public synchronized void awaitChunks(int n) {
        try {
            while (chunks.size() < n && !end.isDone()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks for everything and waits for the end. */
    public Hearing all() {
        request(Long.MAX_VALUE);
        return awaitEnd();
    }

    /** Waits for the end; rethrows the stream's error. */
    public Hearing awaitEnd() {
        try {
            end.join();
            return this;
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    public synchronized List<float[]> chunks() {
        return List.copyOf(chunks);
    }

    public synchronized float[] samples() {
        float[] all = new float[chunks.stream().mapToInt(chunk -> chunk.length).sum()];
        int at = 0;
        for (float[] chunk : chunks) {
            System.arraycopy(chunk, 0, all, at, chunk.length);
            at += chunk.length;
        }
        return all;
    }

    /** A subscriber that asks for everything and does nothing with it. */
    public abstract static class Adapter implements Flow.Subscriber<float[]> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(float[] chunk) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
