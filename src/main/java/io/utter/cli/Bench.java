package io.utter.cli;

import io.utter.bench.DevicesBenchmark;
import io.utter.bench.Figures;
import io.utter.bench.OverlapBenchmark;
import io.utter.bench.SpeechBenchmark;
import io.utter.bench.StageBenchmark;
import io.utter.bench.StreamingBenchmark;
import io.utter.bench.SyntheticBenchmark;
import io.utter.config.StandaloneConfig;
import io.utter.config.UtterConfig;
import io.utter.engine.ChunkPlan;
import io.utter.error.UtterException.InvalidInput;
import io.utter.error.UtterException.NotFound;
import io.utter.lifecycle.BundleLoader;
import io.utter.lifecycle.SpeechServiceLoader;
import io.utter.model.Bundle;
import io.utter.model.Devices;
import io.utter.speech.SpeechService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures on this machine. */
@Command(name = "bench", description = "Measures speech on this machine: stage by stage, or a server under load.", mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class Bench implements Callable<Integer> {
    @Option(names = "--model", paramLabel = "ID", defaultValue = "default", description = "Model bundle (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(names = "--voice", paramLabel = "ID", defaultValue = "default", description = "Voice (default: ${DEFAULT-VALUE}).")
    private String voice;

    @Option(names = "--repeats", paramLabel = "N", defaultValue = "10", description = "How often each figure is taken (default: ${DEFAULT-VALUE}).")
    private int repeats;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to a file.")
    private Path json;

    @ArgGroup
    private BenchKind kind = new BenchKind();

    @Mixin
    private BenchLoad load;

    @Mixin
    private BenchScale scale;

    @Spec
    private CommandSpec spec;

    private final SpeechServiceLoader loader;

    Bench(SpeechServiceLoader loader) {
        this.loader = loader;
    }

    @Override
    public Integer call() throws Exception {
        load.check(kind);
        if (kind.needsServer()) {
            return load.run(kind, spec.commandLine(), model, voice, Optional.ofNullable(json));
        }
        UtterConfig config = StandaloneConfig.read();
        if (repeats < 1) {
            throw new InvalidInput("--repeats", "out_of_range", "--repeats must be at least 1");
        }
        Figures figures = new Figures();
        if (kind.synthetic()) {
            new SyntheticBenchmark(bundle(config), BundleLoader.settings(config), repeats).run(figures);
        } else if (kind.scale()) {
            scale.run(bundle(config), BundleLoader.settings(config), figures);
        } else if (kind.overlap()) {
            new OverlapBenchmark(bundle(config), Devices.of(config.device()).names().getFirst(), BundleLoader.settings(config), repeats).run(figures);
        } else if (kind.devices()) {
            new DevicesBenchmark(bundle(config), BundleLoader.settings(config), repeats).run(figures);
        } else if (kind.stages()) {
            Devices devices = Devices.of(config.device());
            new StageBenchmark(bundle(config), devices.names().getFirst(), BundleLoader.settings(config), repeats).run(figures);
        } else {
            speech(config, figures);
        }
        spec.commandLine().getOut().print(figures.table());
        spec.commandLine().getOut().flush();
        if (json != null) {
            figures.write(json);
        }
        return ExitCodes.OK;
    }

    private void speech(UtterConfig config, Figures figures) throws Exception {
        try (SpeechService service = loader.load(config)) {
            if (kind.streaming()) {
                try (SpeechService whole = BundleLoader.load(config, ChunkPlan.WHOLE)) {
                    new StreamingBenchmark(service, whole, model, voice, repeats).run(figures);
                }
            } else {
                new SpeechBenchmark(service, model, voice, repeats).run(figures);
            }
        }
    }

    private Bundle bundle(UtterConfig config) {
        Path folder = config.models().resolve(model.equals("default") && !config.defaultModel().equals("default") ? config.defaultModel() : model);
        if (!Files.exists(folder.resolve(Bundle.MANIFEST))) {
            throw new NotFound("--model", "model_not_found", "there is no bundle " + model + " in " + config.models());
        }
        return Bundle.open(folder);
    }
}
