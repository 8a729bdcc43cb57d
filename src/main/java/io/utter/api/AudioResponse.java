package io.utter.api;

import io.smallrye.mutiny.Multi;
import io.utter.audio.AudioFormat;
import io.utter.audio.StreamEncoder;
import io.utter.engine.SpeechStream;
import io.utter.error.UtterException;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.RestMulti;

import java.util.concurrent.CancellationException;

/**
 * A speech stream as a chunked response. Each chunk is asked for when the one before it has left for the socket, so a slow reader holds
 * back only its own stream. The head is written with the first chunk: what fails before is still an HTTP status. What fails after
 * breaks the connection; only audio that is whole ends with the trailer {@code X-Audio-Complete: true}.
 */
final class AudioResponse {
    private static final String COMPLETE = "X-Audio-Complete";
    private static final String SAMPLES = "X-Audio-Samples";

    private AudioResponse() {}

    static RestMulti<byte[]> of(SpeechStream stream, AudioFormat format, SpeechExchange exchange, HttpServerResponse http) {
        StreamEncoder encoder = new StreamEncoder(format, stream.sampleRate());
        Multi<byte[]> chunks = Multi.createFrom().publisher(stream)
                .onRequest().invoke(() -> mustListen(http))
                .onItem().transform(encoder::encode)
                .onCompletion().ifEmpty().failWith(() -> new UtterException.Failed("no_audio", "The text gave no audio.", null))
                .onCompletion().invoke(() -> {
                    http.putTrailer(COMPLETE, "true").putTrailer(SAMPLES, Long.toString(stream.report().samples()));
                    exchange.complete();
                })
                .onFailure(CancellationException.class).invoke(exchange::cancelled)
                .onFailure().invoke(exchange::failed)
                .onCancellation().invoke(exchange::cancelled);
        return RestMulti.fromMultiData(chunks)
                .header(HttpHeaders.CONTENT_TYPE, format.mediaType())
                .header("X-Sample-Rate", Integer.toString(stream.sampleRate()))
                .header("X-Seed", Long.toString(stream.seed()))
                .header("Trailer", COMPLETE + ", " + SAMPLES)
                .build();
    }

    // A client that left before Quarkus listened for that is told to nobody: writes would then succeed, to the last chunk.
    private static void mustListen(HttpServerResponse http) {
        if (http.closed()) {
            throw new CancellationException("The client has left");
        }
    }
}
