package io.utter.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.utter.audio.FilterBank;
import io.utter.model.Bundle;
import io.utter.model.ContentModel;
import io.utter.model.QuantizerModel;
import io.utter.model.SpeakerModel;
import io.utter.testing.GoldenCase;
import io.utter.testing.GoldenCases;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What hears reference recordings, against upstream: content encoder, quantizer, filter banks, speaker network. */
class ReferenceGoldenTest {
    private static final int THREADS = 2;
    private static final List<String> QUANTIZERS = List.of("v1", "v2", "v2Pro", "v2ProPlus");

    static List<GoldenCase> contents() {
        return GoldenCases.in("content", "hubert--");
    }

    static List<GoldenCase> speakers() {
        return GoldenCases.in("speaker", "speaker--");
    }

    static List<GoldenCase> codes() {
        return QUANTIZERS.stream().flatMap(version -> GoldenCases.in("sovits", "sovits-" + version + "--codes").stream()).toList();
    }

    @Test
    void thereAreCases() {
        for (Stream<GoldenCase> cases : List.of(contents().stream(), speakers().stream(), codes().stream())) {
            assertFalse(cases.toList().isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("contents")
    void featuresAndTokensAreUpstreams(GoldenCase golden) {
        float[] wave = golden.floats("wav16");
        float[] heard = Arrays.copyOf(wave, wave.length + golden.settings().get("tail_zeros").asInt());
        try (ContentModel content = new ContentModel(GoldenBundle.content(), THREADS)) {
            ContentModel.Features features = content.encode(heard);
            golden.assertClose("last_hidden_state", features.values());
            for (String version : QUANTIZERS) {
                Bundle bundle = GoldenBundle.acoustic(GoldenCases.file("sovits/sovits-" + version + ".pth"));
                try (QuantizerModel quantizer = new QuantizerModel(bundle, THREADS)) {
                    golden.assertExact("codes." + version, Arrays.stream(quantizer.encode(features)).asLongStream().toArray());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("codes")
    void featuresGiveUpstreamsTokens(GoldenCase golden) {
        int[] shape = golden.tensor("ssl").shape(); // [1, width, frames]
        int width = shape[1];
        int frames = shape[2];
        float[] columns = golden.floats("ssl");
        float[] rows = new float[columns.length];
        for (int f = 0; f < frames; f++) {
            for (int i = 0; i < width; i++) {
                rows[f * width + i] = columns[i * frames + f];
            }
        }
        try (QuantizerModel quantizer = new QuantizerModel(GoldenBundle.acoustic(golden.weights()), THREADS)) {
            golden.assertExact("codes", Arrays.stream(quantizer.encode(new ContentModel.Features(rows, frames, width))).asLongStream().toArray());
        }
    }

    @ParameterizedTest
    @MethodSource("speakers")
    void filterBanksAndEmbeddingsAreUpstreams(GoldenCase golden) {
        FilterBank bank = FilterBank.of(golden.floats("wav16"));
        assertEquals(golden.tensor("fbank").shape()[0], bank.frames());
        golden.assertClose("fbank", bank.energies());
        try (SpeakerModel speaker = new SpeakerModel(GoldenBundle.speaker(), THREADS)) {
            golden.assertClose("embedding", speaker.encode(bank.energies(), bank.frames()));
        }
    }
}
