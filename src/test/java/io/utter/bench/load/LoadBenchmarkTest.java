package io.utter.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.utter.error.UtterException.Failed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class LoadBenchmarkTest {
    private static final int REQUESTS = 6;
    private static final int WARM_UPS = 4;
    private static final String SPEECH = ScriptedServer.speech(100, 'a');

    @TempDir
    Path folder;

    @Test
    void everyRequestIsCountedOnce() throws Exception {
        LoadReport report = run(false, SPEECH);
        assertEquals(List.of(6L, 6L), report.levels().stream().map(level -> level.count(Heard.Outcome.COMPLETE)).toList());
        assertTrue(report.sound());
    }

    @Test
    void requestsThatArriveAtRandomAreCountedToo() throws Exception {
        try (ScriptedServer server = new ScriptedServer(SPEECH)) {
            LoadReport report = benchmark(server).run(List.of(new Load.Arrivals(1e6)), OptionalInt.of(REQUESTS), Duration.ofMinutes(1),
                    false);
            assertEquals(REQUESTS, report.levels().getFirst().count(Heard.Outcome.COMPLETE));
        }
    }

    @Test
    void anAnswerThatSoundsOtherwiseThanAloneIsWrong() throws Exception {
        LoadReport report = run(true, answers(REQUESTS + WARM_UPS, SPEECH, ScriptedServer.speech(100, 'z')));
        assertEquals(REQUESTS, report.levels().getFirst().wrong());
        assertFalse(report.sound());
    }

    @Test
    void anAnswerOfAnotherLengthIsWrong() throws Exception {
        LoadReport report = run(true, answers(REQUESTS + WARM_UPS, SPEECH, ScriptedServer.speech(101, 'a')));
        assertEquals(REQUESTS, report.levels().getFirst().wrong());
    }

    @Test
    void aDifferenceThatNobodyHearsIsNotWrong() throws Exception {
        LoadReport report = run(true, answers(REQUESTS + WARM_UPS, SPEECH, ScriptedServer.speech(100, 'e')));
        assertTrue(report.sound());
        assertEquals(4, report.levels().getFirst().maxDifference());
        assertEquals(0, report.levels().getFirst().identical());
    }

    @Test
    void audioThatBreaksOffIsNotSound() throws Exception {
        LoadReport report = run(false, answers(WARM_UPS, SPEECH, ScriptedServer.cutSpeech(100, 'a')));
        assertEquals(REQUESTS, report.levels().getFirst().lost());
        assertFalse(report.sound());
    }

    @Test
    void aLevelAtWhichNobodyIsHeardIsNotSound() throws Exception {
        try (ScriptedServer server = new ScriptedServer(answers(WARM_UPS, SPEECH, ScriptedServer.status(503, "")))) {
            List<Load> loads = List.of(new Load.Arrivals(1e6));
            LoadReport report = benchmark(server).run(loads, OptionalInt.of(REQUESTS), Duration.ofMinutes(1), false);
            assertEquals(REQUESTS, report.levels().getFirst().count(Heard.Outcome.REFUSED));
            assertFalse(report.sound());
        }
    }

    @Test
    void aServerThatDoesNotSpeakIsNotMeasured() {
        assertThrows(Failed.class, () -> run(false, ScriptedServer.status(500, "")));
        assertThrows(Failed.class, () -> run(true, ScriptedServer.status(500, "")));
    }

    @Test
    void machinesReadWhatPeopleReadAndUnknownFiguresAreNull() throws Exception {
        LoadReport report = run(false, SPEECH);
        Path file = folder.resolve("load.json");
        report.write(file);
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertEquals("at once", json.get("load").asText());
        assertEquals(2, json.get("levels").get(1).get("level").asInt());
        assertEquals(REQUESTS, json.get("levels").get(0).get("complete").asInt());
        assertTrue(json.get("levels").get(0).get("cpuSecondsPerAudioSecond").isNull());
        assertTrue(report.table().lines().anyMatch(line -> line.matches("complete +6 +6")), report.table());
        assertTrue(report.table().lines().anyMatch(line -> line.matches("server peak, MB +- +-")), report.table());
    }

    @Test
    void thePictureIsWellFormed() throws Exception {
        LoadReport report = run(false, SPEECH);
        Path file = folder.resolve("load.svg");
        report.draw(file);
        Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        assertEquals("svg", svg.getDocumentElement().getTagName());
        assertEquals(5 * 2, svg.getElementsByTagName("circle").getLength()); // five lines over two levels
        assertFalse(Files.readString(file).contains("NaN"));
    }

    private static LoadReport run(boolean verified, String... answers) throws Exception {
        try (ScriptedServer server = new ScriptedServer(answers)) {
            return benchmark(server).run(List.of(new Load.Saturation(1), new Load.Saturation(2)), OptionalInt.of(REQUESTS),
                    Duration.ofMinutes(1), verified);
        }
    }

    private static LoadBenchmark benchmark(ScriptedServer server) {
        return new LoadBenchmark(server.underTest(), "m", "v", _ -> { });
    }

    private static String[] answers(int count, String first, String later) {
        return Stream.concat(Stream.generate(() -> first).limit(count), Stream.of(later)).toArray(String[]::new);
    }
}
