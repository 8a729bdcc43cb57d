package io.utter.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.utter.audio.SincResampler;
import io.utter.audio.Spectrogram;
import io.utter.audio.WavReader;
import io.utter.importer.GoldenBundle;
import io.utter.model.Bundle;
import io.utter.model.FrameSelection;
import io.utter.model.PriorModel;
import io.utter.model.SemanticModel;
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
    private static final double LONGEST_REFERENCE = 10;
    private static final int UNITS = 8;

    static List<GoldenCase> cases() {
        return GoldenCases.in("pipeline", "v").stream()
                .filter(golden -> List.of("v1", "v2").contains(golden.settings().get("model_version").asText())).toList();
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
        Spectrogram reference = Spectrogram.of(SincResampler.resample(
                WavReader.read(Files.readAllBytes(file(settings, "reference")), LONGEST_REFERENCE), rate).samples(), 2048, 640);
        short[] expected = shorts(golden.longs("pcm"));
        int at = 0;
        try (SemanticModel model = new SemanticModel(semantic, TestedDevice.placement(2)); TokenDecoder decoder = model.newBatch(1);
                StyleModel encoder = new StyleModel(acoustic, TestedDevice.placement(2)); PriorModel prior = new PriorModel(acoustic, TestedDevice.placement(2));
                WaveformModel waveform = new WaveformModel(acoustic, TestedDevice.placement(2))) {
            float[] style = encoder.encode(reference.magnitudes(), reference.frames());
            for (int sentence = 0; sentence < settings.get("text_lengths").size(); sentence++) {
                int turn = turn(settings, sentence);
                int[] tokens = tokens(golden, decoder, sentence);
                assertArrayEquals(golden.ints("tokens." + turn), tokens);
                int frames = tokens.length * acoustic.manifest().acoustic().framesPerToken();
                PriorModel.Latents latents = prior.encode(tokens, golden.ints("phones." + sentence), style, new FrameSelection(0, frames, 1));
                float[] samples = waveform.generate(latents, golden.floats("noise." + turn), style, 0, tokens.length * 1280);
                for (float sample : samples) {
                    assertEquals(expected[at], sample * 32768, UNITS, "sample " + at);
                    at++;
                }
                at += (int) (rate * settings.get("fragment_interval").doubleValue());
            }
        }
        assertEquals(expected.length, at);
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
        int[] prompt = golden.ints("prompt_tokens");
        int[] promptPhones = golden.ints("phones.prompt");
        int[] textPhones = golden.ints("phones." + sentence);
        int[] phones = Arrays.copyOf(promptPhones, promptPhones.length + textPhones.length);
        System.arraycopy(textPhones, 0, phones, promptPhones.length, textPhones.length);

        int width = decoder.shape().featureWidth();
        float[] features = new float[phones.length * width];
        leadingRows(golden.floats("bert.prompt"), width, features, 0);
        leadingRows(golden.floats("bert." + sentence), width, features, promptPhones.length);

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
