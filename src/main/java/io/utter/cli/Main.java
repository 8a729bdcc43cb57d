package io.utter.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.utter.lifecycle.BundleLoader;
import io.utter.lifecycle.SpeechServiceLoader;
import picocli.CommandLine;

/** Entry point of the jar. No command means {@code serve}. */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String... args) {
        if (args.length == 0 || args.length == 1 && args[0].equals(Serve.NAME)) {
            Serve.withDefaults(); // on a cold start the command line parser is not worth its milliseconds
        } else {
            int exitCode = commandLine(new BundleLoader()).execute(args);
            if (exitCode != Serve.STILL_RUNNING) {
                System.exit(exitCode);
            }
        }
    }

    static CommandLine commandLine(SpeechServiceLoader loader) {
        return new CommandLine(new UtterCommand(), new CommandFactory(loader))
                .setExecutionExceptionHandler(new ExitCodes())
                .setParameterExceptionHandler(new ExitCodes())
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}
