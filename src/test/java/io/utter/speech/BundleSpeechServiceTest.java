package io.utter.speech;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.engine.ChunkPlan;
import io.utter.engine.EngineSettings;
import io.utter.error.UtterException;
import io.utter.importer.BundleImporter;
import io.utter.importer.ImportRequest;
import io.utter.importer.graph.Precision;
import io.utter.model.Bundle;
import io.utter.speech.BundleSpeechService.Networks;
import io.utter.testing.GoldenCases;
import io.utter.testing.Hearing;
import io.utter.text.LanguageSegmentation;
import io.utter.text.TextFrontEnd;
import io.utter.text.en.EnglishFrontEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Voices and bundles, with the bundled voice's networks and others that nobody has trained. */
class BundleSpeechServiceTest {
    private static final Path MODELS = Path.of("models");
    private static final Path RECORDINGS = Path.of("src/test/resources/recordings");
    private static final EngineSettings SETTINGS = new EngineSettings("cpu", 1, 1, 2, 2, 1, new EngineSettings.Card(0, 1024, true), Duration.ofSeconds(10));
    private static final String WORDS = "Our teacher forgot the light file on the weekend.";

    @TempDir
    private Path folder;

    private BundleSpeechService service(Path models, Optional<Path> voices, long memory) {
        return service(models, voices, memory, Networks.AT_ONCE);
    }

    private BundleSpeechService service(Path models, Optional<Path> voices, long memory, Networks networks) {
        return new BundleSpeechService(models, "default", SETTINGS, memory, new VoiceSettings(voices, 3, Map.of("alloy", "default", "nova", "nobody"), 2), ChunkPlan.DEFAULT,
                () -> new TextFrontEnd(List.of(new EnglishFrontEnd()), LanguageSegmentation.NAMED), networks);
    }

    private static Reference recording(String name, String... auxiliaries) throws IOException {
        return new Reference(Files.readAllBytes(RECORDINGS.resolve(name)),
                Stream.of(auxiliaries).map(RECORDINGS::resolve).map(BundleSpeechServiceTest::content).toList(), Optional.of(WORDS), Optional.of("en"));
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static SpeechRequest request(String model, String voice, Optional<Reference> reference) {
        return new SpeechRequest(model, voice, "Hello there.", Optional.empty(), 1, OptionalLong.of(3), OptionalInt.empty(), OptionalDouble.empty(),
                OptionalDouble.empty(), OptionalDouble.empty(), reference);
    }

    private static float[] heard(BundleSpeechService service, String voice, Optional<Reference> reference) {
        return Hearing.of(service.speak(request("default", voice, reference))).all().samples();
    }

    @Test
    void aVoiceThatIsAddedSpeaksAndIsFoundByOtherProcesses() throws IOException {
        try (BundleSpeechService service = service(MODELS, Optional.of(folder), 0); BundleSpeechService other = service(MODELS, Optional.of(folder), 0)) {
            SpeechService.Voice added = service.addVoice("default", "Élan 2", recording("slt.mp3", "slt.opus"));
            assertEquals(List.of(false, true), service.voices().stream().map(SpeechService.Voice::added).toList());
            assertEquals("elan-2", added.id());
            assertTrue(added.prompted());
            float[] spoken = heard(service, "elan-2", Optional.empty());
            assertTrue(spoken.length > 8_000);
            assertArrayEquals(spoken, heard(other, "elan-2", Optional.empty()));
            assertEquals("voice_exists", assertThrows(UtterException.InvalidInput.class, () -> other.addVoice("default", "elan 2", recording("slt.mp3"))).code());
            service.removeVoice("default", "elan-2");
            assertThrows(UtterException.NotFound.class, () -> heard(other, "elan-2", Optional.empty()));
        }
        try (Stream<Path> left = Files.walk(folder)) {
            assertEquals(List.of(), left.filter(Files::isRegularFile).toList());
        }
    }

    @Test
    void recordingsWithARequestSoundAsTheVoiceThatIsMadeOfThem() throws IOException {
        try (BundleSpeechService service = service(MODELS, Optional.empty(), 0)) {
            Reference reference = recording("slt.flac");
            service.addVoice("default", "Eve", reference);
            assertArrayEquals(heard(service, "eve", Optional.empty()), heard(service, "default", Optional.of(reference)));
            assertEquals("default", service.voice("default", "alloy").id(), "another name of it");
            assertThrows(UtterException.NotFound.class, () -> service.voice("default", "nova"), "another name of nobody");
            assertThrows(UtterException.NotFound.class, () -> service.removeVoice("default", "alloy"), "is not deleted by another name");
            service.addVoice("default", "Two", reference);
            service.addVoice("default", "Three", reference);
            assertEquals("too_many_voices", assertThrows(UtterException.InvalidInput.class, () -> service.addVoice("default", "Four", reference)).code());
            assertEquals("voice_is_built_in", assertThrows(UtterException.InvalidInput.class, () -> service.removeVoice("default", "default")).code());
        }
    }

    @Test
    void whatCannotBecomeAVoiceLeavesNothing() throws IOException {
        try (BundleSpeechService service = service(MODELS, Optional.of(folder), 0)) {
            byte[] nothing = {1, 2, 3};
            assertThrows(UtterException.InvalidInput.class, () -> service.addVoice("default", "Eve", new Reference(nothing, List.of(), Optional.empty(), Optional.empty())));
            assertThrows(UtterException.InvalidInput.class, () -> service.addVoice("default", " ", recording("slt.mp3")));
            Reference foreign = new Reference(recording("slt.mp3").recording(), List.of(), Optional.of("words"), Optional.of("xx"));
            assertThrows(UtterException.InvalidInput.class, () -> service.addVoice("default", "Eve", foreign));
            for (String path : new String[] {"../default", "..", "a/b", "/etc", ""}) {
                assertThrows(UtterException.NotFound.class, () -> service.voice("default", path));
                assertThrows(UtterException.NotFound.class, () -> service.removeVoice("default", path));
            }
        }
        assertFalse(Files.exists(folder.resolve("default")));
    }

    @Test
    void bundlesMakeRoomForEachOtherAndNeverWhileInUse() throws IOException {
        importTiny("default");
        importTiny("second");
        long one = Bundle.open(folder.resolve("second")).weightBytes();
        try (BundleSpeechService service = service(folder, Optional.empty(), one + one / 2)) {
            service.addVoice("default", "Eve", recording("slt.mp3"));
            service.addVoice("second", "Bob", recording("slt.mp3"));
            assertEquals(List.of("default"), service.loaded());
            assertTrue(heard(service, "bob", Optional.empty()).length > 0, "the voice chooses its bundle");
            assertEquals(List.of("second"), service.loaded());
            var stream = service.speak(request("second", "bob", Optional.empty()));
            assertEquals("models_busy", assertThrows(UtterException.Unavailable.class, () -> service.speak(request("default", "eve", Optional.empty()))).code());
            Hearing.of(stream).all();
            assertTrue(heard(service, "eve", Optional.empty()).length > 0);
            assertEquals(List.of("default"), service.loaded());
        }
    }

    @Test
    void networksCanWaitUntilSpeechIsAskedFor() throws IOException {
        importTiny("default");
        try (BundleSpeechService service = service(folder, Optional.empty(), 0, Networks.WHEN_NEEDED)) {
            service.addVoice("default", "Eve", recording("slt.mp3"));
            assertFalse(service.pronounce(request("default", "eve", Optional.empty())).isEmpty());
            assertEquals(List.of(), service.loaded());
            assertTrue(heard(service, "eve", Optional.empty()).length > 0);
            assertEquals(List.of("default"), service.loaded());
        }
    }

    private void importTiny(String name) {
        new BundleImporter(folder, line -> { }).run(new ImportRequest(GoldenCases.file("gpt/gpt-h64.ckpt"), GoldenCases.file("sovits/sovits-v2.pth"), name,
                Optional.empty(), Optional.of(GoldenCases.file("chinese-hubert-base")), Optional.empty(), Optional.empty(), List.of(), List.of(), false, Precision.FP32, false, false));
    }

    /** A voice whose bundle has been imported anew, with another encoder, is encoded anew. */
    @Test
    void featuresNeverGoStale() throws IOException {
        importTiny("default");
        Path voices = folder.resolve("kept");
        try (BundleSpeechService service = service(folder, Optional.of(voices), 0)) {
            service.addVoice("default", "Eve", recording("slt.mp3"));
        }
        Path profile = voices.resolve("default/eve/voice.json");
        String right = Files.readString(profile);
        Files.writeString(profile, right.replaceFirst("\"encoder\":\"[0-9a-f]+\"", "\"encoder\":\"0\"").replaceFirst("\"tokens\":\\[\\d+", "\"tokens\":[5"));
        try (BundleSpeechService service = service(folder, Optional.of(voices), 0)) {
            assertTrue(heard(service, "eve", Optional.empty()).length > 0);
        }
        assertEquals(right, Files.readString(profile));
    }
}
