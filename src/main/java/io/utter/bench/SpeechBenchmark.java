package io.utter.bench;

import io.utter.engine.SpeechReport;
import io.utter.speech.SpeechRequest;
import io.utter.speech.SpeechService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/** Text to audio, stage by stage, as a caller would see it, one request at a time. */
public final class SpeechBenchmark {
    private static final List<String> TEXTS = List.of(
            "Good morning, how may I help you with your order today?",
            "The train to the coast leaves at nine fifteen from platform four.",
            "Please keep this window open until the download has finished.");
    private static final int WARM_UPS = 2;

    private final SpeechService service;
    private final String model;
    private final String voice;
    private final int repeats;

    public SpeechBenchmark(SpeechService service, String model, String voice, int repeats) {
        this.service = service;
        this.model = model;
        this.voice = voice;
        this.repeats = repeats;
    }

    public void run(Figures figures) throws InterruptedException {
        figures.add("exec to models loaded", "s", ProcessUsage.ofThisProcess().age().toMillis() / 1e3);
        figures.add("resident after loading", "MB", ProcessUsage.ofThisProcess().residentMegabytes());
        List<Listening> heard = new ArrayList<>();
        for (int i = -WARM_UPS; i < repeats; i++) {
            Listening listening = Listening.to(service.speak(request(TEXTS.get(Math.floorMod(i, TEXTS.size())), i)));
            if (i == -WARM_UPS) {
                figures.add("first request", "ms", millis(listening.report().total()));
            } else if (i >= 0) {
                heard.add(listening);
            }
        }
        add(figures, heard, "text", "ms", r -> millis(r.text()));
        add(figures, heard, "prefill", "ms", r -> millis(r.prefill()) / r.sentences());
        add(figures, heard, "decode, a token", "ms", r -> millis(r.decode()) / r.tokens());
        add(figures, heard, "acoustic, a second of audio", "ms", r -> millis(r.acoustic()) / (r.audio().toNanos() / 1e9));
        figures.add("first packet", "ms", heard.stream().mapToDouble(h -> h.firstPacket() * 1e3).toArray());
        figures.add("first voiced sample", "ms", heard.stream().mapToDouble(h -> h.firstVoiced() * 1e3).toArray());
        add(figures, heard, "audio", "s", r -> r.audio().toNanos() / 1e9);
        add(figures, heard, "real-time factor", "s/s", SpeechReport::realTimeFactor);
        figures.add("resident at the end", "MB", ProcessUsage.ofThisProcess().residentMegabytes());
        figures.add("peak memory", "MB", ProcessUsage.ofThisProcess().peakMegabytes());
    }

    private SpeechRequest request(String text, long seed) {
        SpeechRequest plain = SpeechRequest.of(text);
        return new SpeechRequest(model, voice, text, plain.language(), plain.speed(), OptionalLong.of(Math.abs(seed)), plain.topK(),
                plain.topP(), plain.temperature(), plain.repetitionPenalty(), Optional.empty());
    }

    private static void add(Figures figures, List<Listening> heard, String name, String unit, ToDoubleFunction<SpeechReport> figure) {
        figures.add(name, unit, heard.stream().map(Listening::report).mapToDouble(figure).toArray());
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
