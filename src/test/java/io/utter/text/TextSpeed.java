package io.utter.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How fast texts become phones on one thread, sentence by sentence of the golden files: the first of each language in a fresh process, and how many a
 * second once all is warm. No test:
 *
 * <pre>./mvnw -q test-compile exec:java -Dexec.mainClass=io.utter.text.TextSpeed -Dexec.classpathScope=test -Dexec.args="zh.jsonl ja.jsonl"</pre>
 */
final class TextSpeed {
    private static final Map<String, LanguageMode> FILES = Map.of("zh.jsonl", LanguageMode.ALL_ZH, "en.jsonl", LanguageMode.EN, "ja.jsonl",
            LanguageMode.ALL_JA, "ko.jsonl", LanguageMode.ALL_KO, "yue.jsonl", LanguageMode.ALL_YUE, "mixed.jsonl", LanguageMode.AUTO);
    private static final int ROUNDS = 12;

    private TextSpeed() {}

    public static void main(String[] files) throws Exception {
        TextFrontEnd alone = EveryLanguage.text(LanguageSegmentation.NAMED);
        TextFrontEnd mixed = EveryLanguage.text();
        for (String file : files) {
            List<String> texts = Golden.lines(file).stream().filter(line -> !line.has("error")).map(line -> line.get("text")).map(JsonNode::asText).toList();
            measure(file, file.startsWith("mixed") ? mixed : alone, FILES.get(file), texts);
        }
        System.gc();
        System.out.printf(Locale.ROOT, "heap %.1f MB%n", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6);
        ManagementFactory.getPlatformMXBeans(java.lang.management.BufferPoolMXBean.class)
                .forEach(pool -> System.out.printf(Locale.ROOT, "%s buffers %.1f MB%n", pool.getName(), pool.getMemoryUsed() / 1e6));
    }

    private static void measure(String file, TextFrontEnd text, LanguageMode mode, List<String> texts) {
        long begun = System.nanoTime();
        text.sentence(texts.getFirst(), mode, SymbolTable.V2);
        double first = (System.nanoTime() - begun) / 1e6;
        double[] rates = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            texts.forEach(sentence -> text.sentence(sentence, mode, SymbolTable.V2));
            rates[round] = texts.size() / ((System.nanoTime() - start) / 1e9);
        }
        System.out.printf(Locale.ROOT, "%-12s first %.0f ms, then %.0f .. %.0f sentences/s, last %.0f%n", file, first, rates[0],
                java.util.Arrays.stream(rates).max().orElseThrow(), rates[ROUNDS - 1]);
    }
}
