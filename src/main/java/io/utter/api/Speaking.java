package io.utter.api;

import io.utter.config.UtterConfig;
import io.utter.engine.SpeechStream;
import io.utter.lifecycle.ServerLifecycle;
import io.utter.speech.SpeechRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.RestMulti;

/** From a request that has come in by the door to its stream. */
@ApplicationScoped
class Speaking {
    private final ServerLifecycle lifecycle;
    private final TtsBuffer.Room room;

    Speaking(ServerLifecycle lifecycle, UtterConfig config) {
        this.lifecycle = lifecycle;
        this.room = new TtsBuffer.Room(config.apiV2().bufferBytes());
    }

    /** What is to be said, and how it is to be given. */
    record Asked(SpeechRequest request, Delivery delivery) {}

    /** Reads what is asked, and begins. */
    interface Reading {
        RestMulti<byte[]> then(Beginning begin);
    }

    /** Begins to say it. */
    interface Beginning {
        RestMulti<byte[]> with(Asked asked);
    }

    /** Whatever fails ends the exchange. */
    RestMulti<byte[]> answer(RoutingContext http, Reading reading) {
        SpeechExchange exchange = Door.entered(http);
        try {
            return reading.then(asked -> {
                exchange.asked(asked);
                exchange.queue(asked.request().characters());
                SpeechStream stream = lifecycle.service().speak(asked.request(), exchange.deadline());
                exchange.began(stream);
                return AudioResponse.of(stream, asked.delivery(), room, exchange, http);
            });
        } catch (RuntimeException | Error failure) {
            exchange.failed(failure);
            throw failure;
        }
    }
}
