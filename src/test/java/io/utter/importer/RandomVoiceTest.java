package io.utter.importer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.engine.ChunkPlan;
import io.utter.engine.Conditioning;
import io.utter.engine.EngineSettings;
import io.utter.engine.Phrase;
import io.utter.engine.Sampling;
import io.utter.engine.SpeechEngine;
import io.utter.engine.SpeechOptions;
import io.utter.importer.graph.Precision;
import io.utter.model.Bundle;
import io.utter.testing.Hearing;
import io.utter.testing.TestedDevice;
import io.utter.voice.VoiceFolder;
import io.utter.voice.VoiceProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pair that nobody trained speaks, if nothing that makes sense. */
class RandomVoiceTest {
    private static final int TOKENS = 40;

    @TempDir
    private Path folder;

    @Test
    void itSpeaksAsLongAsItIsAskedTo() throws IOException {
        Bundle bundle = new Bundle(folder, new RandomVoice(RandomPair.TINY, Precision.FP32).write("tiny", folder, new PretrainedNetworks(folder, line -> { })));
        RandomVoice.writeVoice(bundle);
        float[] samples = speak(bundle);
        assertEquals(TOKENS * 2 * 640, samples.length);
        double square = 0;
        for (float sample : samples) {
            assertTrue(Math.abs(sample) <= 1, "a sample of " + sample);
            square += sample * sample;
        }
        double level = Math.sqrt(square / samples.length);
        assertTrue(level > 0.001 && level < 0.9, "a level of " + level);
        assertArrayEquals(samples, speak(bundle));
    }

    private static float[] speak(Bundle bundle) {
        VoiceProfile voice = new VoiceFolder(bundle.file(Bundle.VOICES)).read().getFirst();
        int[] phones = new Random(1).ints(20, 0, 700).toArray();
        try (SpeechEngine engine = new SpeechEngine(bundle,
                new EngineSettings(TestedDevice.name().toString(), 1, 1, 1, 2, 1, new EngineSettings.Card(0, 1024, true), Duration.ofSeconds(10)))) {
            return Hearing.of(engine.open(new Conditioning(phones, new float[0], voice.tokens().orElseThrow(), voice.style()),
                    List.of(new Phrase(phones, new float[0])).iterator(), new SpeechOptions(Sampling.DEFAULT, 1, 3, 0, 0, TOKENS, ChunkPlan.DEFAULT)))
                    .all().samples();
        }
    }
}
