package io.utter.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.utter.config.StandaloneConfig;
import io.utter.error.UtterException.InvalidInput;
import io.utter.importer.BundleImporter;
import io.utter.importer.ImportRequest;
import io.utter.importer.checkpoint.ModelVersion;
import io.utter.importer.graph.Precision;
import io.utter.model.Bundle;
import io.utter.voice.VoiceProfile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a bundle of original checkpoints. */
@Command(name = "import", description = "Imports a pair of GPT-SoVITS checkpoints (v1, v2, v2Pro, v2ProPlus) as a model bundle.",
        mixinStandardHelpOptions = true, versionProvider = Version.class)
final class Import implements Callable<Integer> {
    @Option(names = "--gpt", paramLabel = "FILE", description = "The .ckpt file.")
    private Path gpt;

    @Option(names = "--sovits", paramLabel = "FILE", description = "The .pth file.")
    private Path sovits;

    @Option(names = "--random", description = "Instead of files: random weights of full size (v2, or what --generation says), to measure speed with. Needs --name.")
    private boolean random;

    @Option(names = "--name", paramLabel = "ID", description = "What requests call the model (default: made from the .pth file's name).")
    private String name;

    @Option(names = "--generation", paramLabel = "V", converter = Generation.class,
            description = "What the .pth file is, if it is recognised wrongly: v1, v2, v2Pro, v2ProPlus.")
    private ModelVersion generation;

    @Option(names = "--hubert", paramLabel = "DIR", description = "The content encoder, chinese-hubert-base: with it recordings become prompts. "
            + "Bundles share it; once imported it is found again.")
    private Path hubert;

    @Option(names = "--bert", paramLabel = "DIR", description = "The text encoder, chinese-roberta-wwm-ext-large: with it Mandarin is spoken as in "
            + "training. Shared likewise.")
    private Path bert;

    @Option(names = "--speaker", paramLabel = "FILE", description = "The speaker network, pretrained_eres2netv2w24s4ep4.ckpt, which v2Pro and "
            + "v2ProPlus need to make voices of recordings. Shared likewise.")
    private Path speaker;

    @Option(names = "--reference", paramLabel = "FILE", description = "A recording of the voice, 3 to 10 seconds: WAV, FLAC, MP3 or Ogg Opus. "
            + "Without one the bundle has no voice.")
    private Path reference;

    @Option(names = "--transcript", paramLabel = "TEXT", description = "What is said in the recording. Without it the voice speaks without a prompt.")
    private String transcript;

    @Option(names = "--reference-info", paramLabel = "JSON",
            description = "What is known of the recording: {\"text\", \"language\", \"codes\"}; codes are its semantic tokens.")
    private Path referenceInfo;

    @Option(names = "--language", paramLabel = "CODE", defaultValue = "en", description = "Language of the recording (default: ${DEFAULT-VALUE}).")
    private String language;

    @Option(names = "--voice", paramLabel = "ID", defaultValue = "default", description = "What requests call the voice (default: ${DEFAULT-VALUE}).")
    private String voice;

    @Option(names = "--voice-name", paramLabel = "NAME", description = "The voice's name for people.")
    private String voiceName;

    @Option(names = "--attach", paramLabel = "FILE", description = "A file to keep with the bundle, such as its model card. May be repeated.")
    private List<Path> attachments = List.of();

    @Option(names = "--compact", description = "Keep weights as fp16 where that loses nothing, and unpacked: a quarter of the "
            + "size, a slower start, more memory.")
    private boolean compact;

    @Option(names = "--precision", paramLabel = "TYPE", defaultValue = "fp32", converter = PrecisionName.class,
            description = "Type of weights and products: fp32, fp16, bf16 (default: ${DEFAULT-VALUE}). For GPUs; losses are measured, and "
                    + "refused if too large.")
    private Precision precision;

    @Option(names = "--force-precision", description = "Take the precision even if too much is lost.")
    private boolean forcePrecision;

    @Option(names = "--replace", description = "Replace a bundle of that name.")
    private boolean replace;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Path models = StandaloneConfig.read().models();
        BundleImporter importer = new BundleImporter(models, line -> {
            err.println(line);
            err.flush();
        });
        Bundle bundle = random ? importer.random(nameOfRandom(), generation == null ? ModelVersion.V2 : generation, precision, replace) : importer.run(request());
        err.printf("imported %s into %s%n", bundle.manifest().name(), bundle.folder());
        return ExitCodes.OK;
    }

    private String nameOfRandom() {
        if (gpt != null || sovits != null || reference != null || name == null) {
            throw new ParameterException(spec.commandLine(), "--random takes the place of --gpt, --sovits and --reference, and needs --name");
        }
        return name;
    }

    private ImportRequest request() throws IOException {
        if (gpt == null || sovits == null) {
            throw new ParameterException(spec.commandLine(), "Missing required options: '--gpt=FILE', '--sovits=FILE'");
        }
        for (Path file : List.of(gpt, sovits)) {
            if (!Files.isRegularFile(file)) {
                throw new InvalidInput("checkpoint", "no_such_file", file + ": no such file");
            }
        }
        return new ImportRequest(gpt, sovits, name(), Optional.ofNullable(generation), Optional.ofNullable(hubert), Optional.ofNullable(bert),
                Optional.ofNullable(speaker), voices(), attachments, compact, precision, forcePrecision,
                replace);
    }

    private String name() {
        if (name != null) {
            return name;
        }
        String base = sovits.getFileName().toString().replaceFirst("\\.[^.]*$", "").toLowerCase(Locale.ROOT);
        String id = base.replaceAll("[^a-z0-9_-]+", "-").replaceFirst("^[-_]+", "");
        return id.substring(0, Math.min(id.length(), 64));
    }

    private List<ImportRequest.Reference> voices() throws IOException {
        if (reference == null) {
            if (referenceInfo != null) {
                throw new InvalidInput("--reference-info", "no_reference", "--reference-info needs --reference");
            }
            return List.of();
        }
        if (!Files.isRegularFile(reference)) {
            throw new InvalidInput("--reference", "no_such_file", reference + ": no such file");
        }
        if (!voice.matches(VoiceProfile.ID_PATTERN)) {
            throw new InvalidInput("--voice", "bad_name",
                    "a voice's id is 1 to 64 lower-case letters, digits, - and _, and starts with a letter or digit");
        }
        String shown = voiceName == null ? voice : voiceName;
        if (referenceInfo == null) {
            return List.of(new ImportRequest.Reference(voice, shown, language, reference, Optional.ofNullable(transcript), Optional.empty()));
        }
        JsonNode info = info();
        int[] codes = StreamSupport.stream(info.get("codes").spliterator(), false).mapToInt(JsonNode::intValue).toArray();
        return List.of(new ImportRequest.Reference(voice, shown, info.path("language").asText(language), reference,
                Optional.of(info.get("text").textValue()), Optional.of(codes)));
    }

    private JsonNode info() throws IOException {
        try {
            JsonNode info = new ObjectMapper().readTree(referenceInfo.toFile());
            boolean complete = info.path("text").isTextual() && info.path("codes").isArray() && !info.path("codes").isEmpty()
                    && StreamSupport.stream(info.path("codes").spliterator(), false).allMatch(code -> code.isInt() && code.intValue() >= 0);
            if (complete) {
                return info;
            }
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            // said below
        } catch (java.io.FileNotFoundException | NoSuchFileException e) {
            throw new InvalidInput("--reference-info", "no_such_file", referenceInfo + ": no such file");
        }
        throw new InvalidInput("--reference-info", "bad_reference_info",
                referenceInfo + " is not a JSON object with a string 'text' and an array of token numbers 'codes'");
    }
}
