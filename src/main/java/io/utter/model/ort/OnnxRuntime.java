package io.utter.model.ort;

import io.utter.error.UtterException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The ways to ONNX Runtime. */
public enum OnnxRuntime {
    /** Its official Java API. */
    JAVA {
        @Override
        public void load() {
            Natives.environment();
        }

        @Override
        public Session open(Path graph, int threads) {
            return new JavaSession(graph, threads);
        }

        @Override
        public Session openForFewRuns(Path graph, int threads) {
            return new JavaSession(graph, threads, SessionConfig.FEW_RUNS);
        }
    },
    /** Its C API, called through {@code java.lang.foreign}. */
    NATIVE {
        @Override
        public void load() {
            Natives.load(OrtProcess::environment);
        }

        @Override
        public Session open(Path graph, int threads) {
            load();
            return new NativeSession(graph, threads, Map.of());
        }

        @Override
        public Session openForFewRuns(Path graph, int threads) {
            load();
            return new NativeSession(graph, threads, SessionConfig.FEW_RUNS);
        }
    };

    private static final String PROPERTY = "utter.engine.runtime";
    private static final String VARIABLE = "UTTER_ENGINE_RUNTIME";

    /**
     * What the system property {@code utter.engine.runtime} says, else the environment variable {@code UTTER_ENGINE_RUNTIME}, else
     * {@link #JAVA}.
     *
     * @throws UtterException.Failed if they say something else
     */
    public static OnnxRuntime chosen() {
        String name = Optional.ofNullable(System.getProperty(PROPERTY)).or(() -> Optional.ofNullable(System.getenv(VARIABLE)))
                .filter(value -> !value.isBlank()).orElse(JAVA.name());
        try {
            return valueOf(name.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UtterException.Failed("unknown_runtime", PROPERTY + " is java or native, not " + name, e);
        }
    }

    /**
     * Loads the native libraries, if they are not loaded yet.
     *
     * @throws UtterException.Failed if they do not load
     * @throws UtterException.InvalidInput if the process's command line is too long for the runtime
     */
    public abstract void load();

    /**
     * Writes a graph as it is once it has been loaded for the processor: with its weights, and with what kernels have packed of them.
     *
     * @param target the file of the graph to write
     * @param weights name of the file for the weights, beside it
     * @throws OrtFailure if the graph cannot be loaded or written
     */
    public static void savePacked(Path graph, Path target, String weights) {
        JavaSession.savePacked(graph, target, weights);
    }

    /**
     * Loads a graph, and the native libraries before it.
     *
     * @param threads how many threads one run may use
     * @throws OrtFailure if the file is missing, no graph, or one that the runtime cannot run
     */
    public abstract Session open(Path graph, int threads);

    /**
     * The same for a graph that is run a few times: weights of convolutions stay as they are in the file. A speaker network is there in 0.2 s
     * instead of 0.7, without a copy of its own of 180 MB, and runs as long or up to a fifth longer.
     *
     * @throws OrtFailure as {@link #open} does
     */
    public abstract Session openForFewRuns(Path graph, int threads);
}
