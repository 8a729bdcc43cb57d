package io.utter.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What a server was like at each level of one kind of load. */
public final class LoadReport {
    private static final int NAME_WIDTH = 34;
    private static final String COLUMN = "%10s";

    /** A figure of a level: a row of the table, a member of the JSON. Names of members stay. */
    private record Row(String member, String name, ToDoubleFunction<Level> figure) {}

    private static final List<Row> ROWS = List.of(
            new Row("requests", "requests", level -> level.heard().size()),
            new Row("complete", "complete", level -> level.count(Heard.Outcome.COMPLETE)),
            new Row("refused", "refused (429, 503, 504)", level -> level.count(Heard.Outcome.REFUSED)),
            new Row("lost", "failed or broken off", Level::lost),
            new Row("firstAudioP50Millis", "first audio, p50, ms", level -> level.firstAudioMillis(0.50)),
            new Row("firstAudioP95Millis", "first audio, p95, ms", level -> level.firstAudioMillis(0.95)),
            new Row("firstAudioP99Millis", "first audio, p99, ms", level -> level.firstAudioMillis(0.99)),
            new Row("realTimeFactorP50", "real-time factor, p50", level -> level.realTimeFactor(0.50)),
            new Row("realTimeFactorP95", "real-time factor, p95", level -> level.realTimeFactor(0.95)),
            new Row("neverStarvedPercent", "streams that never starved, %", Level::neverStarved),
            new Row("underruns", "underruns", Level::underruns),
            new Row("longestGapMillis", "longest silence, ms", Level::longestGapMillis),
            new Row("audioSecondsPerSecond", "audio, s/s", Level::throughput),
            new Row("cpuSecondsPerAudioSecond", "server CPU, s per s of audio", Level::cpuPerAudioSecond),
            new Row("residentMegabytes", "server resident, MB", Level::resident),
            new Row("peakMegabytes", "server peak, MB", Level::peak),
            new Row("seconds", "took, s", Level::seconds));

    private static final List<Row> VERIFICATION = List.of(
            new Row("compared", "compared with solo", level -> level.comparisons().size()),
            new Row("identical", "identical", Level::identical),
            new Row("maxDifference", "largest difference, of 32768", Level::maxDifference),
            new Row("wrong", "WRONG", Level::wrong));

    private final Prompts prompts;
    private final List<Level> levels;
    private final boolean verified;

    LoadReport(Prompts prompts, List<Level> levels, boolean verified) {
        this.prompts = prompts;
        this.levels = List.copyOf(levels);
        this.verified = verified;
    }

    List<Level> levels() {
        return levels;
    }

    /** Whether every request that was taken was given whole, and as it sounds alone; a level at which none was taken shows neither. */
    public boolean sound() {
        return levels.stream().allMatch(level -> level.count(Heard.Outcome.COMPLETE) > 0 && level.lost() == 0 && level.wrong() == 0);
    }

    /** A row for each figure, a column for each level. */
    public String table() {
        StringBuilder table = new StringBuilder(name(levels.getFirst().load().kind()));
        levels.forEach(level -> table.append(COLUMN.formatted(number(level.load().level()))));
        table.append('\n');
        for (Row row : rows()) {
            table.append(name(row.name()));
            levels.forEach(level -> table.append(COLUMN.formatted(number(row.figure().applyAsDouble(level)))));
            table.append('\n');
        }
        return table.toString();
    }

    /** All figures as JSON; those that are not known are null. */
    public void write(Path file) throws IOException {
        JsonFigures figures = JsonFigures.empty().put("load", levels.getFirst().load().kind())
                .put("model", prompts.model()).put("voice", prompts.voice()).put("processors", Runtime.getRuntime().availableProcessors());
        for (Level level : levels) {
            JsonFigures of = figures.in("levels").put("level", level.load().level());
            rows().forEach(row -> of.put(row.member(), row.figure().applyAsDouble(level)));
        }
        figures.write(file);
    }

    /** A picture of how figures change with the load. */
    public void draw(Path svg) throws IOException {
        Files.writeString(svg, new LoadPlot(levels).svg());
    }

    private List<Row> rows() {
        return verified ? Stream.concat(ROWS.stream(), VERIFICATION.stream()).toList() : ROWS;
    }

    private static String name(String name) {
        return ("%-" + NAME_WIDTH + "s").formatted(name);
    }

    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        return String.format(Locale.ROOT, value == Math.rint(value) || value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
