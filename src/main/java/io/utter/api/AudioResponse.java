package io.utter.api;

import io.smallrye.mutiny.Multi;
import io.utter.audio.encoder.AudioFormat;
import io.utter.audio.encoder.StreamEncoder;
import io.utter.engine.SpeechStream;
import io.utter.error.UtterException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.RestMulti;

import java.util.concurrent.Flow;

/**
 * A speech stream as a chunked response. Each chunk is asked for when the one before it has left for the socket, so a slow reader holds
 * back only its own stream. The head is written with the first chunk: what fails before is still an HTTP status. What fails after
 * breaks the connection; only audio that is whole ends with trailers.
 *
 * <p>Stands between the stream and Quarkus: demand and cancellation go up, bytes and the end go down.
 */
final class AudioResponse implements Flow.Processor<float[], byte[]>, Flow.Subscription {
    private final SpeechStream stream;
    private final StreamEncoder encoder;
    private final SpeechExchange exchange;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private volatile Flow.Subscription upstream;
    private volatile Flow.Subscriber<? super byte[]> listener;
    private boolean listening; // this and the next two: guarded by this, which is never held while calling others
    private Runnable endedEarly = () -> {};
    private boolean cancelled;
    private boolean heard;

    private AudioResponse(SpeechStream stream, AudioFormat format, SpeechExchange exchange, HttpServerRequest request) {
        this.stream = stream;
        this.encoder = format.encoder(stream.sampleRate(), stream.sampleRate());
        this.exchange = exchange;
        this.request = request;
        this.response = request.response();
    }

    static RestMulti<byte[]> of(SpeechStream stream, AudioFormat format, SpeechExchange exchange, RoutingContext http) {
        AudioResponse audio = new AudioResponse(stream, format, exchange, http.request());
        stream.subscribe(audio); // before Quarkus does, which it does not when the client has left by then: so it can be cancelled
        Arrival.of(http).over().thenRun(audio::cancel);
        RestMulti.SyncRestMulti.Builder<byte[]> answer = RestMulti.fromMultiData(Multi.createFrom().publisher(audio));
        CloudEvent.of(http.request()).ifPresent(event -> event.reply().forEach(answer::header));
        return answer.header(HttpHeaders.CONTENT_TYPE, format.mediaType())
                .header("X-Sample-Rate", Integer.toString(stream.sampleRate()))
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
        upstream.request(n);
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
        endBrokenResponse();
    }

    @Override
    public void onNext(float[] samples) {
        if (!heard) {
            heard = true;
            Timings.putHeaders(stream.report(), response); // goes out with the first chunk
        }
        listener.onNext(encoder.encode(samples));
    }

    @Override
    public void onError(Throwable failure) {
        exchange.failed(failure);
        whenListening(() -> {
            if (response.headWritten() && request.version() != HttpVersion.HTTP_2) {
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
        exchange.complete();
        whenListening(() -> {
            Timings.putTrailers(stream.report(), response);
            listener.onComplete();
        });
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
