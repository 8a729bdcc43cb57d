package io.utter.cli;

import io.utter.config.StandaloneConfig;
import io.utter.error.UtterException.InvalidInput;
import io.utter.lifecycle.SpeechServiceLoader;
import io.utter.speech.Reference;
import io.utter.speech.SpeechService;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes voices of recordings, and removes them. A running server finds them at once. */
@Command(name = "voice", description = "Adds a voice made of a recording, or removes it.", mixinStandardHelpOptions = true, versionProvider = Version.class)
final class VoiceCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "add|remove", description = "What to do.")
    private String action;

    @Parameters(index = "1", paramLabel = "NAME", description = "The voice's name; its id is made of it.")
    private String name;

    @Option(names = "--reference", paramLabel = "FILE", description = "The recording, 3 to 10 seconds: WAV, FLAC, MP3 or Ogg Opus.")
    private Path reference;

    @Option(names = "--auxiliary", paramLabel = "FILE", description = "Further recordings, for the sound of the voice only. May be repeated.")
    private List<Path> auxiliaries = List.of();

    @Option(names = "--transcript", paramLabel = "TEXT", description = "What is said in it. Without it the voice speaks without a prompt.")
    private String transcript;

    @Option(names = "--language", paramLabel = "CODE", defaultValue = "en", description = "Its language (default: ${DEFAULT-VALUE}).")
    private String language;

    @Option(names = "--model", paramLabel = "ID", defaultValue = "default", description = "The model that is to speak with it (default: ${DEFAULT-VALUE}).")
    private String model;

    @Spec
    private CommandSpec spec;

    private final SpeechServiceLoader loader;

    VoiceCommand(SpeechServiceLoader loader) {
        this.loader = loader;
    }

    @Override
    public Integer call() throws Exception {
        boolean adds = action.equals("add");
        if (!adds && !action.equals("remove")) {
            throw new ParameterException(spec.commandLine(), "Say add or remove, not '" + action + "'");
        }
        Optional<Reference> recordings = adds ? Optional.of(recordings()) : Optional.empty();
        PrintWriter out = spec.commandLine().getOut();
        try (SpeechService service = loader.open(StandaloneConfig.read())) {
            if (adds) {
                SpeechService.Voice added = service.addVoice(model, name, recordings.get());
                out.printf("added %s to %s%s%n", added.id(), added.model(), added.prompted() ? "" : ", without a prompt");
            } else {
                service.removeVoice(model, name);
                out.printf("removed %s%n", name);
            }
        }
        out.flush();
        return ExitCodes.OK;
    }

    private Reference recordings() throws IOException {
        if (reference == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--reference=FILE'");
        }
        List<byte[]> more = new ArrayList<>();
        for (Path auxiliary : auxiliaries) {
            more.add(content(auxiliary));
        }
        return new Reference(content(reference), more, Optional.ofNullable(transcript), Optional.of(language));
    }

    private static byte[] content(Path file) throws IOException {
        int limit = StandaloneConfig.read().voices().recordingBytes();
        if (!Files.isRegularFile(file)) {
            throw new InvalidInput("--reference", "no_such_file", file + ": no such file");
        }
        if (Files.size(file) > limit) {
            throw new InvalidInput("--reference", "recording_too_large", file + " is larger than " + limit + " bytes");
        }
        return Files.readAllBytes(file);
    }
}
