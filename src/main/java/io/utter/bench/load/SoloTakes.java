package io.utter.bench.load;

import io.utter.error.UtterException.Failed;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What each ask sounds like when the server has nothing else to do. */
final class SoloTakes {
    private final Map<SpeechAsk, byte[]> takes = new HashMap<>();

    /** None: nothing is compared. */
    SoloTakes() {}

    /**
     * Asks for each of them, one at a time.
     *
     * @throws Failed if one does not come whole
     */
    static SoloTakes record(SpeechClient client, List<SpeechAsk> asks, Consumer<Supplier<String>> progress) throws InterruptedException {
        SoloTakes solo = new SoloTakes();
        for (SpeechAsk ask : asks) {
            progress.accept(() -> "recording what each answer must sound like: %d of %d".formatted(solo.takes.size(), asks.size()));
            ByteArrayOutputStream audio = new ByteArrayOutputStream();
            Heard heard = client.hear(ask, Manners.GOOD, audio);
            if (!heard.complete()) {
                throw new Failed("no_solo", "alone, a request ended as %s, status %d".formatted(heard.outcome(), heard.status()), null);
            }
            solo.takes.put(ask, audio.toByteArray());
        }
        return solo;
    }

    /** Empty if there is no take of this ask. */
    Optional<Comparison> compare(SpeechAsk ask, byte[] heard) {
        return Optional.ofNullable(takes.get(ask)).map(take -> Comparison.of(heard, take));
    }
}
