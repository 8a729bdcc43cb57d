package io.utter.fake;

import io.utter.engine.SpeechReport;
import io.utter.engine.SpeechStream;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** A sine wave that keeps to demand and remembers what was done with it. */
public final class FakeStream implements SpeechStream {
    static final int SAMPLE_RATE = 32000;
    private static final int UNBOUNDED = 1 << 24;
    private static final double PITCH = 220;

    private final Script script;
    private final long seed;
    private final long arrived = System.nanoTime();
    private final Semaphore demand = new Semaphore(0);
    private final AtomicLong asked = new AtomicLong();
    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
    private volatile long samples;
    private volatile Duration firstAudio = Duration.ZERO;

    FakeStream(Script script, long seed) {
        this.script = script;
        this.seed = seed;
    }

    /** Done as soon as the listener has cancelled. */
    public CompletableFuture<Void> cancelled() {
        return cancelled;
    }

    /** Chunks that were asked for so far. */
    public long asked() {
        return asked.get();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super float[]> subscriber) {
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                asked.addAndGet(n);
                demand.release((int) Math.min(n, UNBOUNDED));
            }

            @Override
            public void cancel() {
                cancelled.complete(null);
                demand.release();
            }
        });
        Thread.ofVirtual().start(() -> speakTo(subscriber));
    }

    private void speakTo(Flow.Subscriber<? super float[]> subscriber) {
        try {
            for (int chunk = 0;; chunk++) {
                if (chunk == script.gatedChunk()) {
                    script.gate().await();
                }
                if (chunk == script.chunks()) {
                    break;
                }
                demand.acquire();
                if (cancelled.isDone()) {
                    return;
                }
                float[] sound = sine();
                firstAudio = chunk == 0 ? Duration.ofNanos(System.nanoTime() - arrived) : firstAudio;
                samples += sound.length;
                subscriber.onNext(sound);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        script.failure().ifPresentOrElse(subscriber::onError, subscriber::onComplete);
    }

    private float[] sine() {
        float[] sound = new float[script.samplesPerChunk()];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (float) (0.3 * Math.sin(2 * Math.PI * PITCH * (samples + i) / SAMPLE_RATE));
        }
        return sound;
    }

    @Override
    public int sampleRate() {
        return SAMPLE_RATE;
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public SpeechReport report() {
        Duration total = Duration.ofNanos(System.nanoTime() - arrived);
        return new SpeechReport(1, 10, 25, samples, SAMPLE_RATE, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3),
                Duration.ofMillis(4), Duration.ofMillis(5), firstAudio, total, 0, 0,
                samples > 0 ? SpeechReport.Stage.STREAMING : SpeechReport.Stage.PREPARING);
    }
}
