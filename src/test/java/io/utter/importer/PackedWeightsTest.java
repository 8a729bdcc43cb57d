package io.utter.importer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.importer.graph.Precision;
import io.utter.model.Bundle;
import io.utter.model.FrameSelection;
import io.utter.model.Manifest;
import io.utter.model.PriorModel;
import io.utter.model.SemanticModel;
import io.utter.model.TokenDecoder;
import io.utter.model.WaveformModel;
import io.utter.testing.GoldenCases;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import onnx.OnnxMl.ModelProto;
import onnx.OnnxMl.StringStringEntryProto;
import onnx.OnnxMl.TensorProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights that have been packed at the import: the same results, and it is them that the runtime computes with. */
class PackedWeightsTest {
    private static final int PAGE = 4096;
    private static final int[] PHONES = {0, 1, 2, 3, 4, 5, 6, 7};
    private static final int[] TOKENS = {1, 2, 3, 4, 5, 6};

    @TempDir
    private Path models;

    private Bundle imported(String name, boolean compact) {
        return new BundleImporter(models, line -> { }).run(new ImportRequest(GoldenCases.file("gpt/gpt-h64.ckpt"),
                GoldenCases.file("sovits/sovits-v2.pth"), name, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(),
                List.of(), compact, Precision.FP32, false, false));
    }

    /** A packed form: where it is. */
    private record Form(Path file, long offset, long length) {}

    private static List<Form> forms(Bundle bundle) throws IOException {
        List<Form> forms = new ArrayList<>();
        for (String graph : List.of(Bundle.SEMANTIC, Bundle.PRIOR, Bundle.WAVEFORM)) {
            for (TensorProto tensor : ModelProto.parseFrom(Files.readAllBytes(bundle.file(graph))).getGraph().getInitializerList()) {
                for (StringStringEntryProto entry : tensor.getExternalDataList()) {
                    if (entry.getKey().startsWith("prepacked")) {
                        String file = tensor.getExternalDataList().stream().filter(other -> other.getKey().equals("location")).findFirst().orElseThrow().getValue();
                        Arrays.stream(entry.getValue().split("\\|")).skip(1).map(form -> form.split(";"))
                                .forEach(form -> forms.add(new Form(bundle.file(file), Long.parseLong(form[0]), Long.parseLong(form[1]))));
                    }
                }
            }
        }
        return forms;
    }

    private static float[] scores(Bundle bundle) {
        try (SemanticModel model = new SemanticModel(bundle, 1); TokenDecoder decoder = model.newBatch(1)) {
            decoder.prefill(0, PHONES, new float[0], TOKENS);
            decoder.step(new int[] {TOKENS[0]});
            return decoder.scores(0).clone();
        }
    }

    private static float[] samples(Bundle bundle) {
        Manifest.Acoustic shape = bundle.manifest().acoustic();
        float[] style = new float[shape.styleWidth()];
        int frames = TOKENS.length * shape.framesPerToken();
        try (PriorModel prior = new PriorModel(bundle, 1); WaveformModel waveform = new WaveformModel(bundle, 1)) {
            PriorModel.Latents latents = prior.encode(TOKENS, PHONES, style, new FrameSelection(0, frames, 1));
            return waveform.generate(latents, new float[shape.latentWidth() * frames], style, 0, frames * shape.samplesPerFrame());
        }
    }

    @Test
    void resultsAreThoseOfWeightsThatAreNotPacked() throws IOException {
        Bundle packed = imported("packed", false);
        Bundle compact = imported("compact", true);
        assertEquals(Set.of(Bundle.SEMANTIC_WEIGHTS, Bundle.ACOUSTIC_WEIGHTS), packed.manifest().packed().keySet());
        assertEquals(List.of(), forms(compact));
        assertArrayEquals(scores(compact), scores(packed));
        assertArrayEquals(samples(compact), samples(packed));
        packed.verify();
    }

    @Test
    void everyFormBeginsAPageBehindTheWeights() throws IOException {
        Bundle bundle = imported("packed", false);
        List<Form> forms = forms(bundle);
        assertFalse(forms.isEmpty());
        Map<String, Long> packed = bundle.manifest().packed();
        for (Form form : forms) {
            long size = Files.size(form.file());
            assertEquals(0, form.offset() % PAGE);
            assertTrue(form.offset() >= size - packed.get(form.file().getFileName().toString()), "within the weights");
            assertTrue(form.offset() + form.length() <= size, "beyond the file");
        }
        assertEquals(Files.size(bundle.file(Bundle.SEMANTIC_WEIGHTS)) + Files.size(bundle.file(Bundle.ACOUSTIC_WEIGHTS))
                - packed.values().stream().mapToLong(Long::longValue).sum(), bundle.weightBytes());
    }

    /** If the runtime packed weights for itself all the same, nobody would notice but for the memory. */
    @Test
    void theRuntimeComputesWithThem() throws IOException {
        Bundle bundle = imported("packed", false);
        float[] right = scores(bundle);
        for (Form form : forms(bundle)) {
            try (FileChannel file = FileChannel.open(form.file(), StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.allocate(Math.toIntExact(form.length())), form.offset());
            }
        }
        assertFalse(Arrays.equals(right, scores(bundle)));
    }
}
