package io.utter.speech;

import io.utter.engine.SpeechReport;
import io.utter.engine.SpeechStream;
import java.util.concurrent.Flow;

/** A stream that gives back what it was lent when it ends, however it does. */
final class LeasedStream implements SpeechStream {
    private final SpeechStream stream;
    private final Engines.Lease lease;

    LeasedStream(SpeechStream stream, Engines.Lease lease) {
        this.stream = stream;
        this.lease = lease;
    }

    @Override
    public int sampleRate() {
        return stream.sampleRate();
    }

    @Override
    public long seed() {
        return stream.seed();
    }

    @Override
    public SpeechReport report() {
        return stream.report();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super float[]> subscriber) {
        stream.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscriber.onSubscribe(new Flow.Subscription() {
                    @Override
                    public void request(long n) {
                        subscription.request(n);
                    }

                    @Override
                    public void cancel() {
                        subscription.cancel();
                        lease.close();
                    }
                });
            }

            @Override
            public void onNext(float[] samples) {
                subscriber.onNext(samples);
            }

            @Override
            public void onError(Throwable failure) {
                lease.close();
                subscriber.onError(failure);
            }

            @Override
            public void onComplete() {
                lease.close();
                subscriber.onComplete();
            }
        });
    }
}
