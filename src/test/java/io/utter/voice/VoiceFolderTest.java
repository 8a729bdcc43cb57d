package io.utter.voice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

class VoiceFolderTest {
    private static final List<byte[]> RECORDINGS = List.of(new byte[] {1});

    @TempDir
    Path folder;

    private static VoiceProfile anna(Optional<String> consent) {
        return new VoiceProfile("anna", "Anna", "en", "reference.audio", List.of(), Optional.empty(), Optional.empty(), new float[] {1}, "", 7,
                consent);
    }

    @Test
    void aVoiceKeepsItsConsentAlsoWhenItIsEncodedAnew() throws IOException {
        VoiceFolder voices = new VoiceFolder(folder);
        VoiceProfile anna = anna(Optional.of("cons_1"));
        voices.write(anna, RECORDINGS);
        assertEquals(anna, voices.find("anna").orElseThrow());
        voices.rewrite(anna.with(new VoiceEncoder.Encoded(Optional.empty(), new float[] {2}), "another"));
        assertEquals(Optional.of("cons_1"), voices.find("anna").orElseThrow().consent());
    }

    @Test
    void aVoiceWithoutConsentSaysNothingOfIt() throws IOException {
        VoiceFolder voices = new VoiceFolder(folder);
        voices.write(anna(Optional.empty()), RECORDINGS);
        assertFalse(Files.readString(folder.resolve("anna/voice.json")).contains("consent"));
        assertEquals(Optional.empty(), voices.find("anna").orElseThrow().consent());
    }
}
