package io.utter.model;

import io.utter.error.UtterException;
import io.utter.model.ort.OrtFailure;
import io.utter.model.ort.TensorRt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Builds the TensorRT engine of a bundle for a card of this machine, which takes minutes. It is written into a hidden folder and given its name
 * when it is whole; whatever goes wrong before leaves nothing behind.
 */
public final class EngineBuild {
    private final Bundle bundle;
    private final EngineFolder engines;
    private final int windows;
    private final Consumer<String> progress;

    /**
     * @param windows most in a run of the waveform
     * @param progress is told in a line what is being done
     */
    public EngineBuild(Bundle bundle, int windows, Consumer<String> progress) {
        this.bundle = bundle;
        this.engines = new EngineFolder(bundle);
        this.windows = windows;
        this.progress = progress;
    }

    /** What makes an engine of a graph. */
    interface Compiler {
        /**
         * @param graph to be compiled
         * @param draft folder for the engine and the timings
         */
        void compile(Path graph, Path draft, EngineProfile profile);
    }

    /** Which machine it is for, asked for when it is clear that all else is as it should be. */
    interface Machine {
        EngineMachine get();
    }

    /**
     * @param replace whether to build it anew if there is one that fits
     * @throws UtterException.InvalidInput if there can be none for this bundle
     * @throws UtterException.Failed with the reason, if it cannot be built here
     */
    public void run(int card, boolean replace) {
        run(() -> EngineMachine.of(card), replace, (graph, draft, profile) -> {
            long workSpace = new Placement.Room(0, 1, windows, false).workSpace(Bundle.MASKED_WAVEFORM);
            TensorRt.build(card, new TensorRt.Build(graph, draft.resolve(EngineFile.MODEL), draft, workSpace,
                    EngineProfile.text(profile.least()), EngineProfile.text(profile.usual()), EngineProfile.text(profile.most())));
        });
    }

    void run(Machine machine, boolean replace, Compiler compiler) {
        String name = bundle.manifest().name();
        if (!bundle.manifest().isReduced()) {
            throw new UtterException.InvalidInput("model", "not_reduced", "bundle " + name + " is in fp32, and engines compute in TF32: import it with "
                    + "--precision fp16");
        }
        if (!Files.exists(bundle.file(Bundle.MASKED_WAVEFORM))) {
            throw bundle.importAgain("it has no graphs for devices");
        }
        Path draft = engines.draft();
        try {
            EngineMachine here = machine.get();
            Optional<Path> there = engines.choose(windows, here).fitting();
            if (there.isPresent() && !replace) {
                progress.accept("there is an engine that fits: " + there.get().getFileName());
                return;
            }
            progress.accept("building the engine of " + Bundle.MASKED_WAVEFORM + " for compute capability " + here.capability() + " with TensorRT "
                    + here.tensorRt() + ", which takes minutes");
            Path built = build(here, draft, compiler);
            progress.accept("built " + built);
        } catch (OrtFailure | IOException e) {
            throw new UtterException.Failed("engine_failed", "the engine of bundle " + name + " cannot be built: " + firstLine(e), e);
        } finally {
            engines.discard(draft);
        }
    }

    private Path build(EngineMachine here, Path draft, Compiler compiler) throws IOException {
        EngineKey key = EngineKey.of(bundle, Bundle.MASKED_WAVEFORM, here);
        EngineProfile profile = EngineProfile.ofWaveform(bundle.manifest().acoustic(), windows);
        Path timings = draft.resolve(TensorRt.timingsName(here.capability()));
        Optional<Path> known = engines.timings(here);
        if (known.isPresent()) {
            Files.copy(known.get(), timings);
        }
        Path graph = bundle.file(".engine-" + UUID.randomUUID() + ".onnx"); // beside the weights: the runtime reads none from elsewhere
        try {
            EngineGraph.write(bundle, graph);
            compiler.compile(graph, draft, profile);
        } finally {
            Files.deleteIfExists(graph);
        }
        if (!Files.exists(draft.resolve(EngineFile.MODEL)) || !EngineGraph.isWhole(draft.resolve(EngineFile.MODEL))) {
            throw new IOException("TensorRT does not take the graph as a whole");
        }
        if (Files.exists(timings)) {
            Files.move(timings, draft.resolve(EngineFile.TIMINGS));
        }
        EngineFile.write(draft, key, profile, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        return engines.publish(draft, key);
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
    }
}
