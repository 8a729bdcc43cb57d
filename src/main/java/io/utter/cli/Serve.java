package io.utter.cli;

import io.quarkus.runtime.Quarkus;
import io.utter.config.StandaloneConfig;
import io.utter.lifecycle.BundleLoader;
import io.utter.lifecycle.ModelStart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;
import sun.misc.Signal;

/** Starts the server and stays until it is stopped. */
@Command(name = Serve.NAME, description = "Serves speech over HTTP.", mixinStandardHelpOptions = true, versionProvider = Version.class)
final class Serve implements Callable<Integer> {
    static final String NAME = "serve";

    /** Exit code of a command that has handed the process over to Quarkus, which ends it itself. */
    static final int STILL_RUNNING = Integer.MIN_VALUE;

    /** What shells add to a signal's number. */
    private static final int SIGNAL_EXIT_CODE = 128;

    @Option(names = {"-p", "--port"}, paramLabel = "PORT", description = "Port to listen on (default: $PORT, else 8080).")
    private Integer port;

    @Option(names = "--host", paramLabel = "HOST", description = "Address to listen on (default: all).")
    private String host;

    @Override
    public Integer call() {
        if (port != null) {
            System.setProperty("quarkus.http.port", port.toString());
        }
        if (host != null) {
            System.setProperty("quarkus.http.host", host);
        }
        withDefaults();
        return STILL_RUNNING;
    }

    /**
     * Lets Quarkus drain before the virtual machine begins to shut down. ONNX Runtime closes its environment in a shutdown hook, which
     * runs beside all others: streams that still run would crash the process.
     */
    private static void stopOn(String signal) {
        Signal.handle(new Signal(signal), received -> Quarkus.asyncExit(SIGNAL_EXIT_CODE + received.getNumber()));
    }

    /** Models start to load first: they and Quarkus take about as long as each other, and need not wait for each other. */
    static void withDefaults() {
        stopOn("TERM");
        stopOn("INT");
        ModelStart.beginInMain(StandaloneConfig::read, new BundleLoader());
        Quarkus.run();
    }
}
