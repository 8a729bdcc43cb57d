package io.utter.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast texts become phones on one thread, over the sentences of the golden files. No test, but run by JMH:
 *
 * <pre>./mvnw -q test-compile exec:exec@benchmark -Djmh="TextSpeed -p texts=MANDARIN"</pre>
 */
public class TextSpeed {
    /** Sentences of one language, or of all, which are then told apart. */
    public enum Texts {
        ENGLISH("en.jsonl", LanguageMode.EN),
        MANDARIN("zh.jsonl", LanguageMode.ALL_ZH),
        JAPANESE("ja.jsonl", LanguageMode.ALL_JA),
        KOREAN("ko.jsonl", LanguageMode.ALL_KO),
        CANTONESE("yue.jsonl", LanguageMode.ALL_YUE),
        MIXED("mixed.jsonl", LanguageMode.AUTO);

        private final String file;
        private final LanguageMode mode;

        Texts(String file, LanguageMode mode) {
            this.file = file;
            this.mode = mode;
        }

        TextFrontEnd frontEnd() {
            return this == MIXED ? EveryLanguage.text() : EveryLanguage.text(LanguageSegmentation.NAMED);
        }

        List<String> sentences() throws IOException {
            return Golden.lines(file).stream().filter(line -> !line.has("error")).map(line -> line.get("text")).map(JsonNode::asText).toList();
        }
    }

    /** Sentences in turn. */
    @State(Scope.Thread)
    public static class Sentences {
        @Param
        public Texts texts;

        private List<String> sentences;
        private int next;

        @Setup
        public void read() throws IOException {
            sentences = texts.sentences();
        }

        String next() {
            next = next + 1 == sentences.size() ? 0 : next + 1;
            return sentences.get(next);
        }
    }

    /** A front end that has read its tables. */
    @State(Scope.Thread)
    public static class Warm {
        private TextFrontEnd text;

        @Setup
        public void open(Sentences sentences) {
            text = sentences.texts.frontEnd();
        }
    }

    /** Sentences a second. */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    @Fork(1)
    @Warmup(iterations = 3, time = 4)
    @Measurement(iterations = 5, time = 2)
    public Sentence warm(Warm warm, Sentences sentences) {
        return warm.text.sentence(sentences.next(), sentences.texts.mode, SymbolTable.V2);
    }

    /** The first sentence of a process, with the reading of all that it needs. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    @Fork(5)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    public Sentence first(Sentences sentences) {
        return sentences.texts.frontEnd().sentence(sentences.next(), sentences.texts.mode, SymbolTable.V2);
    }
}
