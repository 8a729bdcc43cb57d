package io.utter.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.utter.audio.FilterBank;
import io.utter.audio.ReferenceAudio;
import io.utter.audio.Spectrogram;
import io.utter.importer.GoldenBundle;
import io.utter.model.Bundle;
import io.utter.model.ContentModel;
import io.utter.model.FrameSelection;
import io.utter.model.PriorModel;
import io.utter.model.QuantizerModel;
import io.utter.model.SemanticModel;
import io.utter.model.SpeakerModel;
import io.utter.model.StyleModel;
import io.utter.model.TokenDecoder;
import io.utter.model.WaveformModel;
import io.utter.testing.GoldenCase;
import io.utter.testing.GoldenCases;
import io.utter.testing.TestedDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A reference recording and phones to 16-bit audio, through all networks, against upstream. */
class PipelineGoldenTest {
    private static final int UNITS = 8;

    static List<GoldenCase> cases() {
        return GoldenCases.in("pipeline", "v").stream()
                .filter(golden -> List.of("v1", "v2", "v2Pro").contains(golden.settings().get("model_version").asText())).toList();
    }

    @Test
    void thereAreCases() {
        assertFalse(cases().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tokensAndAudioAreUpstreams(GoldenCase golden) throws IOException {
        JsonNode settings = golden.settings();
        Bundle semantic = GoldenBundle.semantic(file(settings, "gpt"));
        Bundle acoustic = GoldenBundle.acoustic(file(settings, "sovits"));
        int rate = settings.get("sample_rate").intValue();
        ReferenceAudio recording = ReferenceAudio.read(Files.readAllBytes(file(settings, "reference")), ReferenceAudio.Use.PROMPT);
        Spectrogram reference = recording.spectrogram();
        double speed = settings.path("speed_factor").asDouble(1);
        short[] expected = shorts(golden.longs("pcm"));
        int at = 0;
        try (SemanticModel model = new SemanticModel(semantic, TestedDevice.placement(2)); TokenDecoder decoder = model.newBatch(1);
                StyleModel encoder = new StyleModel(acoustic, TestedDevice.placement(2)); PriorModel prior = new PriorModel(acoustic, TestedDevice.placement(2));
                WaveformModel waveform = new WaveformModel(acoustic, TestedDevice.placement(2))) {
            golden.assertExact("prompt_tokens", Arrays.stream(promptTokens(recording, acoustic)).asLongStream().toArray());
            float[] speaker = speaker(recording, acoustic);
            if (speaker.length > 0) {
                golden.assertClose("speaker_embedding.0", speaker);
            }
            float[] style = encoder.encode(reference.magnitudes(), reference.frames(), speaker);
            for (int sentence = 0; sentence < settings.get("text_lengths").size(); sentence++) {
                int turn = turn(settings, sentence);
                int[] tokens = tokens(golden, decoder, sentence);
                assertArrayEquals(golden.ints("tokens." + turn), tokens);
                int encoded = tokens.length * acoustic.manifest().acoustic().framesPerToken();
                int frames = speed == 1 ? encoded : (int) (encoded / speed) + 1;
                PriorModel.Latents latents = prior.encode(tokens, golden.ints("phones." + sentence), style, new FrameSelection(0, frames, (double) encoded / frames));
                float[] samples = waveform.generate(latents, golden.floats("noise." + turn), style, 0, frames * acoustic.manifest().acoustic().samplesPerFrame());
                for (float sample : samples) {
                    assertEquals(expected[at], sample * 32768, UNITS, "sample " + at);
                    at++;
                }
                at += (int) (rate * settings.get("fragment_interval").doubleValue());
            }
        }
        assertEquals(expected.length, at);
    }

    private static int[] promptTokens(ReferenceAudio recording, Bundle acoustic) {
        try (ContentModel content = new ContentModel(GoldenBundle.content(), 2); QuantizerModel quantizer = new QuantizerModel(acoustic, 2)) {
            return quantizer.encode(content.encode(recording.contentWave()));
        }
    }

    private static float[] speaker(ReferenceAudio recording, Bundle acoustic) {
        if (acoustic.manifest().encoders().speakerWidth() == 0) {
            return new float[0];
        }
        try (SpeakerModel speaker = new SpeakerModel(GoldenBundle.speaker(), 2)) {
            FilterBank bank = recording.filterBank();
            return speaker.encode(bank.energies(), bank.frames());
        }
    }

    private static Path file(JsonNode settings, String key) {
        return GoldenCases.file(settings.get(key).asText());
    }

    /** Upstream processes the sentences by length; tokens and noise are numbered in that order. */
    private static int turn(JsonNode settings, int sentence) {
        JsonNode lengths = settings.get("text_lengths");
        int turn = 0;
        for (int other = 0; other < lengths.size(); other++) {
            boolean shorter = lengths.get(other).intValue() < lengths.get(sentence).intValue();
            turn += shorter ? 1 : 0;
        }
        return turn;
    }

    private static int[] tokens(GoldenCase golden, TokenDecoder decoder, int sentence) {
        boolean prompted = golden.has("phones.prompt");
        int[] prompt = prompted ? golden.ints("prompt_tokens") : new int[0];
        int[] promptPhones = prompted ? golden.ints("phones.prompt") : new int[0];
        int[] textPhones = golden.ints("phones." + sentence);
        int[] phones = Arrays.copyOf(promptPhones, promptPhones.length + textPhones.length);
        System.arraycopy(textPhones, 0, phones, promptPhones.length, textPhones.length);

        int width = decoder.shape().featureWidth();
        float[] features = new float[phones.length * width];
        if (prompted) {
            leadingRows(golden.floats("bert.prompt"), width, features, 0);
        }
        if (golden.has("bert." + sentence)) { // else all are zero
            leadingRows(golden.floats("bert." + sentence), width, features, promptPhones.length);
        }

        Sampling greedy = new Sampling(1, 1, 1, golden.settings().get("repetition_penalty").doubleValue());
        Sampler sampler = new Sampler(greedy, decoder.shape().tokens(), decoder.shape().endToken(), prompt, 0);
        int[] tokens = new int[1500];
        int count = 0;
        int token = sampler.next(decoder.prefill(0, phones, features, prompt));
        while (token >= 0 && count < tokens.length) {
            tokens[count++] = token;
            decoder.step(new int[] {token});
            token = sampler.next(decoder.scores(0));
        }
        return Arrays.copyOf(tokens, count);
    }

    /** Columns of [width, columns] to rows of [phones, width], from row {@code first} on. */
    private static void leadingRows(float[] columns, int width, float[] rows, int first) {
        int count = columns.length / width;
        for (int p = 0; p < count; p++) {
            for (int c = 0; c < width; c++) {
                rows[(first + p) * width + c] = columns[c * count + p];
            }
        }
    }

    private static short[] shorts(long[] values) {
        short[] narrowed = new short[values.length];
        for (int i = 0; i < values.length; i++) {
            narrowed[i] = (short) values[i];
        }
        return narrowed;
    }
}
