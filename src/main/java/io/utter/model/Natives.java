package io.utter.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import io.utter.error.UtterException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The native libraries of ONNX Runtime. Left alone, the runtime copies them out of its jar at every start; the build unpacks them once,
 * into a folder beside the application's jar, and here it is told so.
 */
final class Natives {
    private static final String PATH_PROPERTY = "onnxruntime.native.path";
    private static final String FOLDER = "natives";
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    /** ONNX Runtime 1.29 crashes on Linux in a process whose command line is longer than some 3,500 bytes (3,482 worked, 3,582 did not). */
    private static final int LONGEST_COMMAND_LINE = 3000;

    private static final class Holder {
        static final OrtEnvironment ENVIRONMENT = open();
    }

    private Natives() {}

    /**
     * The process's one environment, made at the first call.
     *
     * @throws UtterException.InvalidInput if the process's command line is too long for the runtime
     */
    static OrtEnvironment environment() {
        if (commandLineLength() > LONGEST_COMMAND_LINE) {
            throw new UtterException.InvalidInput("input", "command_line_too_long",
                    "The command line is longer than " + LONGEST_COMMAND_LINE + " bytes: send a long text through standard input.");
        }
        try {
            return Holder.ENVIRONMENT;
        } catch (LinkageError e) {
            throw new UtterException.Failed("no_natives", "the native libraries of ONNX Runtime do not load: " + e.getMessage(), e);
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
        Path unpacked = besideTheJar();
        if (System.getProperty(PATH_PROPERTY) == null && unpacked != null
                && Files.exists(unpacked.resolve(System.mapLibraryName("onnxruntime")))) {
            System.setProperty(PATH_PROPERTY, unpacked.toString());
        }
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "utter");
    }

    /** {@code natives} in the folder above that of our jar ({@code quarkus-app/app/utter.jar}); null when not run from a jar. */
    private static Path besideTheJar() {
        try {
            Path jar = Path.of(Natives.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return Files.isRegularFile(jar) ? jar.resolveSibling("..").resolve(FOLDER).normalize() : null;
        } catch (URISyntaxException | IllegalArgumentException | NullPointerException e) {
            return null;
        }
    }
}
