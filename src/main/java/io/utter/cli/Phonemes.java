package io.utter.cli;

import io.utter.config.RequestRules;
import io.utter.config.StandaloneConfig;
import io.utter.config.UtterConfig;
import io.utter.lifecycle.SpeechServiceLoader;
import io.utter.speech.SpeechService;
import io.utter.text.Characters;
import io.utter.text.Segment;
import io.utter.text.Sentence;
import io.utter.text.SpokenWord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.Callable;

/** Shows how a text would be read. */
@Command(name = "phonemes", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Shows how a text is read: for each sentence and language its phones, and its words with their readings or phones.")
final class Phonemes implements Callable<Integer> {
    @Parameters(paramLabel = "TEXT", description = "The text.")
    private String text;

    @Mixin
    private SpeechOptions options;

    @Spec
    private CommandSpec spec;

    private final SpeechServiceLoader loader;

    Phonemes(SpeechServiceLoader loader) {
        this.loader = loader;
    }

    @Override
    public Integer call() throws Exception {
        UtterConfig config = StandaloneConfig.read();
        PrintWriter out = spec.commandLine().getOut();
        try (SpeechService service = loader.open(config)) {
            for (Sentence sentence : service.pronounce(new RequestRules(config.limits()).check(options.request(text)))) {
                out.println(sentence.text());
                for (Segment segment : sentence.segments()) {
                    out.printf("  %-4s %s%n       %s%n", segment.language().code(), segment.normalized(), String.join(" ", segment.phones()));
                    if (!segment.words().isEmpty()) {
                        out.printf("       %s%n", words(segment));
                    }
                }
            }
        }
        out.flush();
        return ExitCodes.OK;
    }

    /** Every word with its reading, or else its phones; marks and spaces without. */
    private static String words(Segment segment) {
        List<List<String>> phones = segment.phonesOfWords();
        StringJoiner words = new StringJoiner(" | ");
        for (int i = 0; i < phones.size(); i++) {
            SpokenWord word = segment.words().get(i);
            if (Characters.hasWord(word.text())) {
                words.add(word.text() + " " + (word.reading().isEmpty() ? String.join(" ", phones.get(i)) : word.reading()));
            }
        }
        return words.toString();
    }
}
