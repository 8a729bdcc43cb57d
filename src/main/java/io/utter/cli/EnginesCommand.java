package io.utter.cli;

import io.utter.config.StandaloneConfig;
import io.utter.config.UtterConfig;
import io.utter.error.UtterException;
import io.utter.error.UtterException.InvalidInput;
import io.utter.lifecycle.BundleLoader;
import io.utter.model.Bundle;
import io.utter.model.DeviceName;
import io.utter.model.EngineBuild;
import io.utter.model.EngineFolder;
import io.utter.model.EngineMachine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Builds TensorRT engines beside a bundle, lists and removes them. Servers take those that fit when they start. */
@Command(name = "engines", description = "Builds TensorRT engines of a bundle for a card of this machine, lists those that there are, or removes them.",
        mixinStandardHelpOptions = true, versionProvider = Version.class)
final class EnginesCommand implements Callable<Integer> {
    private static final String ROW = "%-20s %-55s %s%n";

    @Parameters(index = "0", paramLabel = "build|list|remove", description = "What to do.")
    private String action;

    @Parameters(index = "1", arity = "0..1", paramLabel = "MODEL", description = "The bundle. Only list does without: then it lists those of all bundles.")
    private String model;

    @Parameters(index = "2", arity = "0..1", paramLabel = "ENGINE", description = "The engine to remove, as list calls it (default: all of the bundle).")
    private String engine;

    @Option(names = "--device", paramLabel = "CARD", defaultValue = "cuda:0", description = "The card to build for (default: ${DEFAULT-VALUE}).")
    private String device;

    @Option(names = "--replace", description = "Build anew what is there and fits.")
    private boolean replace;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        UtterConfig config = StandaloneConfig.read();
        if (engine != null && !action.equals("remove")) {
            throw new ParameterException(spec.commandLine(), "Only remove takes the name of an engine");
        }
        switch (action) {
            case "build" -> build(config);
            case "list" -> list(config);
            case "remove" -> remove(config);
            default -> throw new ParameterException(spec.commandLine(), "Say build, list or remove, not '" + action + "'");
        }
        spec.commandLine().getOut().flush();
        return ExitCodes.OK;
    }

    private void build(UtterConfig config) {
        int card = card();
        PrintWriter err = spec.commandLine().getErr();
        new EngineBuild(named(config), windows(config), line -> {
            err.println(line);
            err.flush();
        }).run(card, replace);
    }

    private void list(UtterConfig config) throws IOException {
        List<Bundle> bundles = model == null ? all(config) : List.of(named(config));
        Optional<EngineMachine> here = machine(card());
        PrintWriter out = spec.commandLine().getOut();
        out.printf(ROW, "MODEL", "ENGINE", "STATE");
        for (Bundle bundle : bundles) {
            for (EngineFolder.State state : new EngineFolder(bundle).states(windows(config), here)) {
                String verdict = !state.fits() ? "not used: " : here.isPresent() ? "fits: " : "built for: ";
                out.printf(ROW, bundle.manifest().name(), state.name(), verdict + state.why());
            }
        }
    }

    /** Where there is none, what engines are for is listed, and not whether they fit. */
    private Optional<EngineMachine> machine(int card) {
        try {
            return Optional.of(EngineMachine.of(card));
        } catch (UtterException.Failed e) {
            spec.commandLine().getErr().println("not compared with this machine: " + e.getMessage());
            spec.commandLine().getErr().flush();
            return Optional.empty();
        }
    }

    private void remove(UtterConfig config) {
        List<String> removed = new EngineFolder(named(config)).remove(Optional.ofNullable(engine));
        removed.forEach(name -> spec.commandLine().getOut().printf("removed %s%n", name));
    }

    private int card() {
        return DeviceName.parse(device).filter(name -> name.kind() == DeviceName.Kind.CUDA).map(DeviceName::number)
                .orElseThrow(() -> new InvalidInput("--device", "bad_device", "engines are for cards: --device is cuda, cuda:1, ..., not " + device));
    }

    private static int windows(UtterConfig config) {
        return BundleLoader.settings(config).chunksInARunOnACard();
    }

    private Bundle named(UtterConfig config) {
        if (model == null) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'MODEL'");
        }
        Path folder = config.models().resolve(model);
        if (!Files.isRegularFile(folder.resolve(Bundle.MANIFEST))) {
            throw new InvalidInput("model", "model_not_found", "there is no bundle called " + model + " in " + config.models());
        }
        return Bundle.open(folder);
    }

    private static List<Bundle> all(UtterConfig config) throws IOException {
        try (Stream<Path> folders = Files.list(config.models())) {
            return folders.filter(folder -> !folder.getFileName().toString().startsWith(".") && Files.isRegularFile(folder.resolve(Bundle.MANIFEST)))
                    .sorted().map(Bundle::open).toList();
        }
    }
}
