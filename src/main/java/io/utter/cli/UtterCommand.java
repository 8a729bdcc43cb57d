package io.utter.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command above the commands. A new one is added to {@code subcommands}. */
@Command(
        name = "utter",
        description = "GPT-SoVITS voices as a text-to-speech server. Without a command it serves.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {Serve.class, Say.class, Phonemes.class, Voices.class, VoiceCommand.class, Import.class, EnginesCommand.class,
                Bench.class, Rehearse.class},
        footer = {"", "Settings (README, 'Configuration') are taken from the environment: UTTER_MODELS, UTTER_LIMITS_INPUT_CHARACTERS, ..."})
final class UtterCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "No command given");
    }
}
