package io.utter.bench;

import io.utter.speech.SpeechRequest;
import io.utter.speech.SpeechService;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Speech as the server streams it against the same sentences decoded at once. */
public final class StreamingBenchmark {
    private static final List<String> TEXTS = List.of(
            "The library will be closed on Monday, but the reading room on the second floor stays open until nine in the evening.",
            "When the rain had stopped, we walked along the river and talked about the summer that was coming to its end.",
            "Please tell your sister that the paper, the blue book and the old map are still waiting for her at the front desk.",
            "Nobody remembered who had opened the window, yet everybody agreed that the morning air smelled of bread and coffee.");

    private final SpeechService streaming;
    private final SpeechService whole;
    private final String model;
    private final String voice;
    private final int repeats;

    /**
     * @param streaming makes chunks as the server does
     * @param whole the same with every sentence decoded at once
     */
    public StreamingBenchmark(SpeechService streaming, SpeechService whole, String model, String voice, int repeats) {
        this.streaming = streaming;
        this.whole = whole;
        this.model = model;
        this.voice = voice;
        this.repeats = repeats;
    }

    public void run(Figures figures) throws InterruptedException {
        StreamComparison comparison = new StreamComparison();
        for (int i = 0; i < repeats; i++) {
            SpeechRequest request = request(TEXTS.get(i % TEXTS.size()), i);
            Listening chunked = Listening.to(streaming.speak(request));
            comparison.add(chunked, Listening.to(whole.speak(request)).samples());
        }
        comparison.report(figures);
    }

    private SpeechRequest request(String text, long seed) {
        SpeechRequest plain = SpeechRequest.of(text);
        return new SpeechRequest(model, voice, text, plain.language(), plain.speed(), OptionalLong.of(seed), plain.topK(), plain.topP(),
                plain.temperature(), plain.repetitionPenalty(), Optional.empty());
    }
}
