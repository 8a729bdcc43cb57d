package io.utter.model.ort;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import io.utter.error.UtterException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The native libraries of ONNX Runtime. Left alone, the runtime copies them out of its jar at every start; the build unpacks them once,
 * into a folder beside the application, and here it is told so.
 */
final class Natives {
    private static final String PATH_PROPERTY = "onnxruntime.native.path";
    private static final String FOLDER = "natives";
    /** Set in executables that GraalVM has made. */
    private static final String NATIVE_EXECUTABLE = "org.graalvm.nativeimage.imagecode";
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    /** ONNX Runtime 1.29 crashes on Linux in a process whose command line is longer than some 3,500 bytes (3,482 worked, 3,582 did not). */
    private static final int LONGEST_COMMAND_LINE = 3000;

    private static final class Holder {
        static final OrtEnvironment ENVIRONMENT = open();
    }

    private Natives() {}

    /**
     * The official Java API's one environment, made at the first call.
     *
     * @throws UtterException as {@link #load} does
     */
    static OrtEnvironment environment() {
        return load(() -> Holder.ENVIRONMENT);
    }

    /**
     * Does what loads the native libraries when it is done for the first time.
     *
     * @throws UtterException.InvalidInput if the process's command line is too long for the runtime
     * @throws UtterException.Failed if the libraries do not load
     */
    static <T> T load(Supplier<T> first) {
        if (commandLineLength() > LONGEST_COMMAND_LINE) {
            throw new UtterException.InvalidInput("input", "command_line_too_long",
                    "The command line is longer than " + LONGEST_COMMAND_LINE + " bytes: send a long text through standard input.");
        }
        try {
            return first.get();
        } catch (LinkageError e) {
            String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new UtterException.Failed("no_natives", "the native libraries of ONNX Runtime do not load: " + reason, e);
        }
    }

    private static int commandLineLength() {
        try {
            return Files.readAllBytes(COMMAND_LINE).length;
        } catch (IOException e) {
            return 0; // not Linux
        }
    }

    private static OrtEnvironment open() {
        if (System.getProperty(PATH_PROPERTY) == null) {
            library().ifPresent(file -> System.setProperty(PATH_PROPERTY, file.getParent().toString()));
        }
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, SessionConfig.LOG_NAME);
    }

    /** The runtime's library in the folder that the property names, or the build has unpacked it into; none if it is not there. */
    static Optional<Path> library() {
        return Optional.ofNullable(System.getProperty(PATH_PROPERTY)).map(Path::of).or(Natives::besideTheApplication)
                .map(folder -> folder.resolve(System.mapLibraryName("onnxruntime")).toAbsolutePath()).filter(Files::exists);
    }

    /**
     * {@code natives} in the folder above that of our jar ({@code quarkus-app/app/utter.jar}), or in that of the native executable; none when
     * run from neither.
     */
    private static Optional<Path> besideTheApplication() {
        if (System.getProperty(NATIVE_EXECUTABLE) != null) {
            return ProcessHandle.current().info().command().map(file -> Path.of(file).resolveSibling(FOLDER));
        }
        try {
            Path jar = Path.of(Natives.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return Files.isRegularFile(jar) ? Optional.of(jar.resolveSibling("..").resolve(FOLDER).normalize()) : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException | NullPointerException e) {
            return Optional.empty();
        }
    }
}
