package io.utter.speech;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.error.UtterException.Failed;
import io.utter.model.Bundle;
import io.utter.text.LanguageSegmentation;
import io.utter.text.TextFrontEnd;
import io.utter.text.en.EnglishFrontEnd;
import io.utter.voice.PretrainedModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lexicon in a bundle's folder. */
class LexiconTest {
    private static final TextFrontEnd TEXT = new TextFrontEnd(List.of(new EnglishFrontEnd()), LanguageSegmentation.NAMED);

    @TempDir
    private Path folder;

    private void open(String... lexicon) throws IOException {
        Files.write(folder.resolve("lexicon.txt"), List.of(lexicon));
        Bundle bundle = new Bundle(folder, Bundle.open(Path.of("models/default")).manifest());
        try (PretrainedModels pretrained = new PretrainedModels(Path.of("models"), 1)) {
            new Voices(bundle, new VoiceSettings(Optional.empty(), 0, java.util.Map.of(), 1), pretrained, TEXT).close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gif", "en\tgif\t/JH XX/", "en\tgif\tji1 fu4", "en\tgif\t…", "zh\tgif\tji2"})
    void aLineThatCannotBeSaidIsNamedAtTheStart(String line) {
        Failed failed = assertThrows(Failed.class, () -> open("# ours", line));
        assertEquals("bad_lexicon", failed.code());
        assertTrue(failed.getMessage().contains("Line 2 of the lexicon"), failed.getMessage());
        assertTrue(failed.getMessage().contains(folder.toString()), failed.getMessage());
    }

    @Test
    void othersAreFine() {
        assertDoesNotThrow(() -> open("# ours", "", "en\tgif\t/JH IH1 F/", "en\tSQL\tsequel"));
    }
}
