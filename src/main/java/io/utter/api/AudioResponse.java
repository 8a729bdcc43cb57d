package io.utter.api;

import io.smallrye.mutiny.Multi;
import io.utter.audio.encoder.StreamEncoder;
import io.utter.engine.SpeechStream;
import io.utter.error.UtterException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.RestMulti;

import java.util.Optional;
import java.util.concurrent.Flow;

/**
 * A speech stream as a chunked response. Each chunk is asked for when the one before it has left for the socket, so a slow reader holds
 * back only its own stream. The head is written with the first bytes: what fails before is still an HTTP status. What fails after
 * breaks the connection, unless the body has a way of telling it; only audio that is whole ends with trailers.
 *
 * <p>Stands between the stream and Quarkus: demand and cancellation go up, bytes and the end go down. Bytes that remain at the end are one chunk
 * more than there are of samples, and wait until they are asked for.
 */
final class AudioResponse implements Flow.Processor<float[], byte[]>, Flow.Subscription {
    private final SpeechStream stream;
    private final Framing framing;
    private final StreamEncoder encoder;
    private final int rate;
    private final SpeechExchange exchange;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private volatile Flow.Subscription upstream;
    private volatile Flow.Subscriber<? super byte[]> listener;
    private boolean listening; // this and the next four: guarded by this, which is never held while calling others
    private Runnable endedEarly = () -> {};
    private boolean cancelled;
    private long demand;
    private Runnable rest;
    private boolean heard;
    private boolean begun;

    private AudioResponse(SpeechStream stream, Delivery delivery, SpeechExchange exchange, HttpServerRequest request) {
        this.stream = stream;
        this.framing = delivery.framing();
        this.rate = delivery.rate(stream.sampleRate());
        this.encoder = delivery.encoder(stream.sampleRate());
        this.exchange = exchange;
        this.request = request;
        this.response = request.response();
    }

    static RestMulti<byte[]> of(SpeechStream stream, Delivery delivery, SpeechExchange exchange, RoutingContext http) {
        AudioResponse audio = new AudioResponse(stream, delivery, exchange, http.request());
        stream.subscribe(audio); // before Quarkus does, which it does not when the client has left by then: so it can be cancelled
        Arrival.of(http).over().thenRun(audio::cancel);
        RestMulti.SyncRestMulti.Builder<byte[]> answer = RestMulti.fromMultiData(Multi.createFrom().publisher(audio));
        CloudEvent.of(http.request()).ifPresent(event -> event.reply().forEach(answer::header));
        return answer.header(HttpHeaders.CONTENT_TYPE, delivery.mediaType())
                .header("X-Sample-Rate", Integer.toString(audio.rate))
                .header("X-Seed", Long.toString(stream.seed()))
                .header("Trailer", Timings.TRAILERS)
                .build();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        boolean tooLate;
        synchronized (this) {
            upstream = subscription;
            tooLate = cancelled;
        }
        if (tooLate) {
            subscription.cancel();
        }
    }

    @Override
    public void subscribe(Flow.Subscriber<? super byte[]> subscriber) {
        listener = subscriber;
        subscriber.onSubscribe(this);
        Runnable ended;
        synchronized (this) {
            listening = true;
            ended = endedEarly;
        }
        ended.run();
    }

    @Override
    public void request(long n) {
        Runnable last;
        synchronized (this) {
            demand += n;
            last = rest;
            rest = null;
        }
        if (last == null) {
            upstream.request(n);
        } else {
            last.run();
        }
    }

    /** Comes from Quarkus, from {@link Arrival#over()}, or both; at any time, also when all is over. */
    @Override
    public void cancel() {
        Flow.Subscription begun;
        synchronized (this) {
            cancelled = true;
            begun = upstream;
        }
        if (begun != null) {
            begun.cancel();
        }
        exchange.cancelled();
        encoder.close();
        endBrokenResponse();
    }

    @Override
    public void onNext(float[] samples) {
        heard = true;
        byte[] bytes;
        try {
            bytes = framing.part(encoder.encode(samples));
        } catch (RuntimeException e) {
            upstream.cancel();
            onError(e);
            return;
        }
        if (bytes.length == 0) {
            upstream.request(1); // for the one that was asked for
            return;
        }
        synchronized (this) {
            demand--;
        }
        send(bytes);
    }

    private void send(byte[] bytes) {
        if (!begun) {
            begun = true;
            Timings.putHeaders(stream.report(), response); // goes out with the first chunk
        }
        listener.onNext(bytes);
    }

    @Override
    public void onError(Throwable failure) {
        exchange.failed(failure);
        encoder.close();
        whenListening(() -> {
            Optional<byte[]> told = response.headWritten() ? framing.failure(failure) : Optional.empty();
            if (told.isPresent()) {
                sendLast(told.get(), listener::onComplete);
            } else if (response.headWritten() && request.version() != HttpVersion.HTTP_2) {
                request.connection().close(); // no last chunk: the client sees that it is not whole
            } else {
                listener.onError(failure);
            }
        });
    }

    @Override
    public void onComplete() {
        if (!heard) {
            onError(new UtterException.Failed("no_audio", "The text gave no audio.", null));
            return;
        }
        byte[] last;
        try {
            last = framing.end(encoder.finish(), stream.report());
        } catch (RuntimeException e) {
            onError(e);
            return;
        }
        encoder.close();
        exchange.complete();
        whenListening(() -> sendLast(last, () -> {
            Timings.putTrailers(stream.report(), rate, response);
            listener.onComplete();
        }));
    }

    /** Sends bytes, if there are any, as soon as they are asked for, and then does something. */
    private void sendLast(byte[] bytes, Runnable then) {
        Runnable end = bytes.length == 0 ? then : () -> {
            send(bytes);
            then.run();
        };
        synchronized (this) {
            if (bytes.length > 0 && demand == 0) {
                rest = end;
                return;
            }
        }
        end.run();
    }

    private void whenListening(Runnable end) {
        synchronized (this) {
            if (!listening) {
                endedEarly = end;
                return;
            }
        }
        end.run();
    }

    // After a write that failed Quarkus resets the response, and Vert.x then tells nobody that it is over: the graceful shutdown would
    // wait for it to no end. A response that has ended is not reset. Nothing of this reaches the client, who is gone.
    private void endBrokenResponse() {
        if (response.headWritten() && !response.ended() && !response.closed()) {
            response.end();
        }
    }
}
