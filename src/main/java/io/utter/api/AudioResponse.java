package io.utter.api;

import io.smallrye.mutiny.Multi;
import io.utter.audio.encoder.StreamEncoder;
import io.utter.engine.SpeechStream;
import io.utter.error.UtterException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.RestMulti;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;

/**
 * A speech stream as a response: in chunks, or, where that is wanted, when it is whole, with its length. Each chunk is asked for when the
 * one before it has left for the socket, so a slow reader holds back only its own stream. The head is written with the first bytes: what
 * fails before is still an HTTP status. What fails after breaks the connection, unless the body has a way of telling it; only audio that is
 * whole ends with trailers, or has them as headers.
 *
 * <p>Stands between the stream and Quarkus: demand and cancellation go up, bytes and the end go down. Bytes that remain at the end are more
 * chunks than there are of samples, and wait until they are asked for.
 */
final class AudioResponse implements Flow.Processor<float[], byte[]>, Flow.Subscription {
    private static final String TRANSFER_ENCODING = "Transfer-Encoding";
    private static final Runnable NOTHING = () -> {};

    private final SpeechStream stream;
    private final Delivery delivery;
    private final StreamEncoder encoder;
    private final Optional<TtsBuffer> buffer;
    private final SpeechExchange exchange;
    private final RoutingContext http;
    private final HttpServerResponse response;
    private final Remainder remainder = new Remainder(this::send);
    private volatile Flow.Subscription upstream;
    private volatile Flow.Subscriber<? super byte[]> listener;
    private boolean listening; // this and the next two: guarded by this, which is never held while calling others
    private Runnable endedEarly = NOTHING;
    private boolean cancelled;
    private boolean heard;
    private boolean begun;

    private AudioResponse(SpeechStream stream, Delivery delivery, TtsBuffer.Room room, SpeechExchange exchange, RoutingContext http) {
        this.stream = stream;
        this.delivery = delivery;
        this.encoder = delivery.encoder(stream.sampleRate());
        this.buffer = delivery.isWhole() ? Optional.of(new TtsBuffer(room)) : Optional.empty();
        this.exchange = exchange;
        this.http = http;
        this.response = http.response();
    }

    /** @param room for what is sent when it is whole */
    static RestMulti<byte[]> of(SpeechStream stream, Delivery delivery, TtsBuffer.Room room, SpeechExchange exchange, RoutingContext http) {
        AudioResponse audio = new AudioResponse(stream, delivery, room, exchange, http);
        stream.subscribe(audio); // before Quarkus does, which it does not when the client has left by then: so it can be cancelled
        Arrival.of(http).over().thenRun(audio::cancel);
        RestMulti.SyncRestMulti.Builder<byte[]> answer = RestMulti.fromMultiData(Multi.createFrom().publisher(audio));
        CloudEvent.of(http.request()).ifPresent(event -> event.reply().forEach(answer::header));
        answer.header(HttpHeaders.CONTENT_TYPE, delivery.mediaType())
                .header("X-Sample-Rate", Integer.toString(audio.rate()))
                .header("X-Seed", Long.toString(stream.seed()));
        if (!delivery.isWhole()) {
            answer.header("Trailer", Timings.TRAILERS);
        }
        return answer.build();
    }

    private int rate() {
        return delivery.rate(stream.sampleRate());
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
        if (!remainder.request(n)) {
            upstream.request(n);
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
        remainder.drop();
        if (begun != null) {
            begun.cancel();
        }
        exchange.cancelled();
        encoder.close();
        buffer.ifPresent(TtsBuffer::close);
        endBrokenResponse();
    }

    @Override
    public void onNext(float[] samples) {
        heard = true;
        byte[] bytes;
        try {
            bytes = kept(delivery.framing().part(encoder.encode(samples)));
        } catch (RuntimeException e) {
            upstream.cancel();
            onError(e);
            return;
        }
        if (bytes.length == 0) {
            upstream.request(1); // for the one that was asked for
            return;
        }
        remainder.served();
        send(bytes);
    }

    /** What of these bytes is to be sent at once: nothing of an answer that is sent when it is whole. */
    private byte[] kept(byte[] bytes) {
        if (buffer.isEmpty()) {
            return bytes;
        }
        buffer.get().add(bytes);
        return new byte[0];
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
            Optional<byte[]> told = response.headWritten() ? delivery.framing().failure(failure) : Optional.empty();
            if (told.isPresent()) {
                remainder.add(List.of(told.get()), listener::onComplete);
            } else if (response.headWritten() && http.request().version() != HttpVersion.HTTP_2) {
                http.request().connection().close(); // no last chunk: the client sees that it is not whole
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
        List<byte[]> last;
        try {
            last = whatRemains(kept(delivery.framing().end(encoder.finish(), stream.report())));
        } catch (RuntimeException e) {
            onError(e);
            return;
        }
        encoder.close();
        exchange.complete();
        whenListening(() -> {
            buffer.ifPresent(_ -> keepUntilDeadline());
            remainder.add(last, () -> {
                if (buffer.isEmpty()) {
                    Timings.putEnd(stream.report(), rate(), (name, value) -> response.putTrailer(name, value));
                }
                listener.onComplete();
            });
        });
    }

    /** What is still to be sent at the end. Of an answer that is whole by then that is all of it, and its headers say so. */
    private List<byte[]> whatRemains(byte[] last) {
        if (buffer.isEmpty()) {
            return List.of(last);
        }
        long length = buffer.get().length();
        byte[] head = delivery.head(stream.sampleRate(), length);
        List<byte[]> all = new ArrayList<>(List.of(head));
        all.addAll(buffer.get().pieces());
        Timings.putEnd(stream.report(), rate(), (name, value) -> response.putHeader(name, value));
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(head.length + length));
        // Quarkus means to send whatever is a Multi in chunks
        http.addHeadersEndHandler(_ -> response.headers().remove(TRANSFER_ENCODING));
        return all;
    }

    /** What a client does not take is kept for no longer than the request may take. */
    private void keepUntilDeadline() {
        long late = http.vertx().setTimer(Math.max(1, exchange.deadline().remaining().toMillis()), _ -> {
            remainder.drop();
            buffer.ifPresent(TtsBuffer::close);
            if (http.request().version() == HttpVersion.HTTP_2) {
                response.reset();
            } else {
                http.request().connection().close();
            }
        });
        Arrival.of(http).over().thenRun(() -> http.vertx().cancelTimer(late));
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
