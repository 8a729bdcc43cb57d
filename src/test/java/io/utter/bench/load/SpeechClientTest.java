package io.utter.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.bench.load.Heard.Outcome;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeechClientTest {
    private static final SpeechAsk ASK = new SpeechAsk("m", "v", "Hello.", 1);

    private final ByteArrayOutputStream audio = new ByteArrayOutputStream();

    @Test
    void aStreamWithItsTrailerIsComplete() throws Exception {
        Heard heard = hear(ScriptedServer.speech(320, 'a'), Manners.GOOD);
        assertEquals(Outcome.COMPLETE, heard.outcome());
        assertEquals(Duration.ofMillis(10), heard.playout().audio());
        assertEquals(640, audio.size());
        assertTrue(heard.firstAudioMillis() > 0);
    }

    @Test
    void aStreamThatEndsWithoutItsTrailerIsBroken() throws Exception {
        assertEquals(Outcome.BROKEN, hear(ScriptedServer.cutSpeech(320, 'a') + "0\r\n\r\n", Manners.GOOD).outcome());
    }

    @Test
    void aStreamThatBreaksOffIsBroken() throws Exception {
        Heard heard = hear(ScriptedServer.cutSpeech(320, 'a'), Manners.GOOD);
        assertEquals(Outcome.BROKEN, heard.outcome());
        assertEquals(640, heard.playout().bytes());
    }

    @Test
    void aStreamOfFewerSamplesThanItsTrailerSaysIsBroken() throws Exception {
        String other = ScriptedServer.speech(320, 'a').replace("Samples: 320", "Samples: 321");
        assertEquals(Outcome.BROKEN, hear(other, Manners.GOOD).outcome());
    }

    @ParameterizedTest
    @CsvSource({"429, REFUSED", "503, REFUSED", "504, REFUSED", "400, BLAMED", "413, BLAMED", "500, FAILED"})
    void aStatusSaysWhoseFaultItIs(int status, Outcome outcome) throws Exception {
        Heard heard = hear(ScriptedServer.status(status, "Retry-After: 7\r\n"), Manners.GOOD);
        assertEquals(outcome, heard.outcome());
        assertEquals(status, heard.status());
        assertEquals(Duration.ofSeconds(7), heard.retryAfter());
    }

    @Test
    void aClientLeavesWhenItHasHeardEnough() throws Exception {
        Heard heard = hear(ScriptedServer.speech(320, 'a'), Manners.GOOD.leavingWith(10, true));
        assertEquals(Outcome.LEFT, heard.outcome());
        assertTrue(heard.playout().begun());
    }

    @Test
    void aClientLeavesWhenItsPatienceIsOver() throws Exception {
        assertEquals(Outcome.LEFT, hear(ScriptedServer.speech(320, 'a'), Manners.GOOD.leavingAfter(Duration.ZERO, false)).outcome());
    }

    @Test
    void aServerThatIsNotThereHasFailed() throws Exception {
        ScriptedServer server = new ScriptedServer("");
        server.close();
        Heard heard = new SpeechClient(server.address()).hear(ASK, Manners.GOOD, audio);
        assertEquals(Outcome.FAILED, heard.outcome());
        assertEquals(0, heard.status());
    }

    private Heard hear(String answer, Manners manners) throws Exception {
        try (ScriptedServer server = new ScriptedServer(answer)) {
            return new SpeechClient(server.address()).hear(ASK, manners, audio);
        }
    }
}
