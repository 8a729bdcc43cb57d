package io.utter.cli;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.utter.lifecycle.BundleLoader;
import io.utter.lifecycle.SpeechServiceLoader;
import io.utter.model.Preload;
import java.util.Arrays;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import picocli.CommandLine;

/** Entry point of the jar. No command means {@code serve}. */
@QuarkusMain
public final class Main {
    private Main() {}

    /** The command that has a use for the service, whatever its options. */
    private static final String SPEAKING = "say";

    public static void main(String... args) {
        if (args.length == 0 || !args[0].startsWith("-")) {
            Preload.begin();
        }
        if (args.length == 0 || args.length == 1 && args[0].equals(Serve.NAME)) {
            Serve.withDefaults(); // on a cold start the command line parser is not worth its milliseconds
            return;
        }
        logToStandardError();
        int exitCode = args[0].equals(SPEAKING) && !asksForHelp(args) ? speak(args) : execute(new BundleLoader(), args);
        if (exitCode != Serve.STILL_RUNNING) {
            System.exit(exitCode);
        }
    }

    private static boolean asksForHelp(String... args) {
        return Arrays.stream(args).anyMatch(arg -> arg.equals("-h") || arg.equals("--help"));
    }

    private static int speak(String... args) {
        try (EarlyLoader loader = EarlyLoader.begin(new BundleLoader())) {
            return execute(loader, args);
        }
    }

    private static int execute(SpeechServiceLoader loader, String... args) {
        Interruption interruption = Interruption.ofThisThread();
        return interruption.exitCode(commandLine(loader).execute(args));
    }

    /** Commands other than {@code serve} do not start Quarkus, which would otherwise say where the log goes. */
    private static void logToStandardError() {
        ConsoleHandler handler = new ConsoleHandler();
        handler.setLevel(Level.WARNING);
        InitialConfigurator.DELAYED_HANDLER.setHandlers(new Handler[] {handler});
    }

    static CommandLine commandLine(SpeechServiceLoader loader) {
        return new CommandLine(new UtterCommand(), new CommandFactory(loader))
                .setExecutionExceptionHandler(new ExitCodes())
                .setParameterExceptionHandler(new ExitCodes())
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}
