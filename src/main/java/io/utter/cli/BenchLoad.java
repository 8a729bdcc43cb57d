package io.utter.cli;

import io.utter.bench.load.ChildServer;
import io.utter.bench.load.LoadBenchmark;
import io.utter.bench.load.LoadReport;
import io.utter.bench.load.ServerUnderTest;
import io.utter.bench.load.Soak;
import io.utter.bench.load.SoakReport;
import io.utter.bench.load.Storm;
import io.utter.error.UtterException.InvalidInput;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Those options of {@code bench} that are about a server under load, and what they ask for. */
final class BenchLoad {
    private static final int SOAK_REQUESTS = 10_000;
    private static final int MOST_REQUESTS = 10_000_000;
    private static final int MOST_MINUTES = 7 * 24 * 60;

    @Option(names = "--url", paramLabel = "URL",
            description = "A server that runs already (default: one of its own, on this machine only).")
    private URI url;

    @Option(names = "--saturate", description = "With --concurrency: clients ask again as soon as they are answered.")
    private boolean saturate;

    @Option(names = "--requests", paramLabel = "N",
            description = "Requests for each level (default: 4 a client, at least 24; 48 with --rate), or in a soak (default: 10000).")
    private Integer requests;

    @Option(names = "--minutes", paramLabel = "N", defaultValue = "15",
            description = "Longest time for each level or the soak (default: ${DEFAULT-VALUE}).")
    private int minutes;

    @Option(names = "--verify", description = "Compare every answer with what it sounds like alone; exit code 1 if one differs.")
    private boolean verify;

    @Option(names = "--svg", paramLabel = "FILE", description = "Also draw the levels.")
    private Path svg;

    /** @throws InvalidInput if an option is out of range, or means nothing for what is measured */
    void check(BenchKind kind) {
        kind.check();
        require(kind.needsServer() || url == null, "--url", "goes with --concurrency, --rate, --soak or --storm");
        require(kind.hasLevels() || kind.soak() || requests == null, "--requests", "goes with --concurrency, --rate or --soak");
        require(kind.hasLevels() || !verify, "--verify", "goes with --concurrency or --rate");
        require(kind.hasLevels() || svg == null, "--svg", "goes with --concurrency or --rate");
        require(kind.hasLevels() && !kind.isOpenLoop() || !saturate, "--saturate", "goes with --concurrency");
        require(requests == null || requests >= 1 && requests <= MOST_REQUESTS, "--requests", "must be from 1 to " + MOST_REQUESTS);
        require(minutes >= 1 && minutes <= MOST_MINUTES, "--minutes", "must be from 1 to " + MOST_MINUTES);
        require(url == null || "http".equals(url.getScheme()) && url.getHost() != null, "--url", "must be like http://127.0.0.1:8080");
    }

    /** @return the exit code: whether the server was as it must be, however fast */
    int run(BenchKind kind, CommandLine command, String model, String voice, Optional<Path> json) throws IOException, InterruptedException {
        requireFolderOf("--json", json);
        requireFolderOf("--svg", Optional.ofNullable(svg));
        Ending ending = measured(kind, command, model, voice, json);
        command.getOut().print(ending.text());
        command.getOut().flush();
        return ending.sound() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    /** What is printed, and whether all was well. */
    private record Ending(String text, boolean sound) {}

    private Ending measured(BenchKind kind, CommandLine command, String model, String voice, Optional<Path> json)
            throws IOException, InterruptedException {
        try (Progress progress = Progress.of(command.getErr(), false, "starting a server");
                ServerUnderTest server = url == null ? ChildServer.start() : ServerUnderTest.at(url)) {
            Consumer<Supplier<String>> now = progress::now;
            if (kind.soak()) {
                return soak(new Soak(server, model, voice, now), json);
            }
            if (kind.storm().isPresent()) {
                return storm(new Storm(server, model, voice, now), kind.storm().getAsInt(), json);
            }
            return levels(new LoadBenchmark(server, model, voice, now), kind, json);
        }
    }

    private Ending levels(LoadBenchmark benchmark, BenchKind kind, Optional<Path> json) throws IOException, InterruptedException {
        LoadReport report = benchmark.run(kind.levels(saturate), requests == null ? OptionalInt.empty() : OptionalInt.of(requests),
                Duration.ofMinutes(minutes), verify);
        if (json.isPresent()) {
            report.write(json.get());
        }
        if (svg != null) {
            report.draw(svg);
        }
        return new Ending(report.table(), report.sound());
    }

    private Ending soak(Soak soak, Optional<Path> json) throws IOException, InterruptedException {
        SoakReport report = soak.run(requests == null ? SOAK_REQUESTS : requests, Duration.ofMinutes(minutes));
        if (json.isPresent()) {
            report.write(json.get());
        }
        return new Ending(report.text(), report.sound());
    }

    private Ending storm(Storm storm, int clients, Optional<Path> json) throws IOException, InterruptedException {
        Storm.Aftermath aftermath = storm.run(clients);
        if (json.isPresent()) {
            aftermath.write(json.get());
        }
        return new Ending(aftermath.line(), aftermath.sound());
    }

    // Not found out after a quarter of an hour.
    private static void requireFolderOf(String option, Optional<Path> file) {
        file.ifPresent(path -> require(Files.isDirectory(path.toAbsolutePath().getParent()), option, "names a folder that is not there"));
    }

    private static void require(boolean condition, String option, String rule) {
        if (!condition) {
            throw new InvalidInput(option, "bad_option", option + " " + rule);
        }
    }
}
