package io.utter.cli;

import io.utter.audio.encoder.AudioFormat;
import io.utter.config.RequestRules;
import io.utter.config.StandaloneConfig;
import io.utter.config.UtterConfig;
import io.utter.engine.Listener;
import io.utter.engine.SpeechReport;
import io.utter.engine.SpeechStream;
import io.utter.error.UtterException.InvalidInput;
import io.utter.lifecycle.SpeechServiceLoader;
import io.utter.speech.SpeechRequest;
import io.utter.speech.SpeechService;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Speaks into a file or to standard output, without a server. */
@Command(name = "say", description = "Speaks a text into a file.", mixinStandardHelpOptions = true, versionProvider = Version.class)
final class Say implements Callable<Integer> {
    private static final String STDIN = "-";

    @Parameters(arity = "0..1", paramLabel = "TEXT", description = "What to say; '-' or nothing reads it from standard input.")
    private String text = STDIN;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", defaultValue = "speech.wav",
            description = "File to write; '-' streams to standard output (default: ${DEFAULT-VALUE}).")
    private String output;

    @Option(names = {"-f", "--format"}, paramLabel = "FORMAT", converter = FormatName.class,
            description = "wav, pcm, mp3, opus, flac or aac (default: what the file's name ends with, or wav).")
    private AudioFormat format;

    @Option(names = "--progress", description = "Show progress even where standard error is no terminal.")
    private boolean progress;

    @Mixin
    private SpeechOptions options;

    @Spec
    private CommandSpec spec;

    private final SpeechServiceLoader loader;

    Say(SpeechServiceLoader loader) {
        this.loader = loader;
    }

    @Override
    public Integer call() throws Exception {
        UtterConfig config = StandaloneConfig.read();
        PrintWriter err = spec.commandLine().getErr();
        SpeechRequest request = new RequestRules(config.limits()).check(options.request(input(config.limits())));
        AudioFormat chosen = available(format == null ? formatOf(output) : format);
        SpeechReport report;
        try (Progress shown = Progress.of(err, progress, "Loading models");
                SpeechService service = loader.load(config)) {
            SpeechStream stream = service.speak(request);
            shown.now(() -> "Speaking: %.1f s of audio".formatted(seconds(stream.report())));
            try (AudioOutput out = AudioOutput.to(output, chosen, stream.sampleRate())) {
                Listener.hear(stream, out::write);
                out.finish();
            }
            report = stream.report();
        }
        err.printf(Locale.ROOT, "%s: %.2f s of audio, first after %d ms, real-time factor %.3f%n",
                output.equals(AudioOutput.STDOUT) ? "standard output" : output, seconds(report), report.firstAudio().toMillis(),
                report.realTimeFactor());
        return ExitCodes.OK;
    }

    private static AudioFormat formatOf(String file) {
        String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return AudioFormat.named(ending.equals("ogg") ? "opus" : ending).orElse(AudioFormat.WAV);
    }

    private static AudioFormat available(AudioFormat format) {
        format.whyNot().ifPresent(reason -> {
            throw new InvalidInput("format", "unsupported_format", "The format " + format.id() + " cannot be had: " + reason + ".");
        });
        return format;
    }

    /** A format by its id. */
    static final class FormatName implements ITypeConverter<AudioFormat> {
        @Override
        public AudioFormat convert(String id) {
            return AudioFormat.named(id.toLowerCase(Locale.ROOT))
                    .orElseThrow(() -> new TypeConversionException("'" + id + "' is none of " + AudioFormat.ids()));
        }
    }

    private String input(UtterConfig.Limits limits) throws IOException {
        if (!text.equals(STDIN)) {
            return text;
        }
        byte[] bytes = System.in.readNBytes(limits.bodyBytes() + 1);
        if (bytes.length > limits.bodyBytes()) {
            throw new InvalidInput("input", "input_too_long", "The text on standard input is longer than %d bytes.".formatted(limits.bodyBytes()));
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidInput("input", "invalid_text", "The text on standard input is not valid UTF-8.");
        }
    }

    private static double seconds(SpeechReport report) {
        return report.audio().toNanos() / 1e9;
    }
}
