package io.utter.cli;

import io.utter.config.StandaloneConfig;
import io.utter.lifecycle.SpeechServiceLoader;
import io.utter.speech.SpeechService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/** Lists who can speak. */
@Command(name = "voices", description = "Lists the voices of all bundles.", mixinStandardHelpOptions = true, versionProvider = Version.class)
final class Voices implements Callable<Integer> {
    private static final String ROW = "%-20s %-20s %-8s %s%n";

    @Spec
    private CommandSpec spec;

    private final SpeechServiceLoader loader;

    Voices(SpeechServiceLoader loader) {
        this.loader = loader;
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (SpeechService service = loader.open(StandaloneConfig.read())) {
            out.printf(ROW, "VOICE", "MODEL", "LANGUAGE", "NAME");
            service.voices().forEach(voice -> out.printf(ROW, voice.id(), voice.model(), voice.language(), voice.name()));
        }
        out.flush();
        return ExitCodes.OK;
    }
}
