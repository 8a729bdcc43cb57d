package io.utter.bench.load;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The three figures by which a level is judged, against the load. */
record LoadPlot(List<Level> levels) {
    private static final double EVERYTHING = 100;

    String svg() {
        Load load = levels.getFirst().load();
        String axis = switch (load) {
            case Load.Listeners _ -> "listeners, each hears a whole answer before the next request";
            case Load.Saturation _ -> "requests at any time";
            case Load.Arrivals _ -> "requests a second, at random (Poisson)";
        };
        return Plot.svg("Speech under load", levels.stream().map(level -> LoadReport.number(level.load().level())).toList(), axis, List.of(
                new Plot.Panel("Time to first audio, ms", 1, List.of(
                        line("p50", level -> level.firstAudioMillis(0.50)),
                        line("p95", level -> level.firstAudioMillis(0.95)),
                        line("p99", level -> level.firstAudioMillis(0.99)))),
                new Plot.Panel("Audio, seconds per second", 1, List.of(line("audio", Level::throughput))),
                new Plot.Panel("Streams that starved, %", EVERYTHING, List.of(
                        line("starved", level -> EVERYTHING - level.neverStarved())))));
    }

    private Plot.Line line(String name, ToDoubleFunction<Level> figure) {
        return new Plot.Line(name, levels.stream().mapToDouble(figure).toArray());
    }
}
