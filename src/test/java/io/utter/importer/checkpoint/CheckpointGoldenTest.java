package io.utter.importer.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.utter.testing.GoldenCases;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every weight file at hand holds exactly what {@code weights.json}, written by PyTorch, says it holds. */
class CheckpointGoldenTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    record WeightFile(String name, JsonNode expected) {
        Checkpoint open() {
            return Checkpoint.open(GoldenCases.file(name));
        }

        Map<String, StoredTensor> tensors(Checkpoint checkpoint) {
            Map<?, ?> root = (Map<?, ?>) checkpoint.root();
            return root.containsKey("weight") ? checkpoint.tensors("weight")
                    : root.containsKey("generator") ? checkpoint.tensors("generator") : checkpoint.tensors();
        }

        boolean hasConfiguration() {
            return expected.has("config");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<WeightFile> files() {
        return GoldenCases.weightFiles().properties().stream()
                .map(entry -> new WeightFile(entry.getKey(), entry.getValue()))
                .filter(file -> Files.exists(GoldenCases.file(file.name)));
    }

    static Stream<WeightFile> configuredFiles() {
        return files().filter(WeightFile::hasConfiguration);
    }

    static Stream<WeightFile> gptFiles() {
        return files().filter(file -> file.name.startsWith("gpt/"));
    }

    static Stream<WeightFile> sovitsFiles() {
        return files().filter(file -> file.name.startsWith("sovits/"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void allTensorsAreThereAndEqualBitForBit(WeightFile file) throws Exception {
        try (Checkpoint checkpoint = file.open()) {
            Map<String, StoredTensor> tensors = file.tensors(checkpoint);
            assertEquals(file.expected.get("bytes").asLong(), checkpoint.size());
            assertEquals(file.expected.get("tensors").asInt(), tensors.size());
            assertEquals(file.expected.get("elements").asLong(), tensors.values().stream().mapToLong(StoredTensor::elementCount).sum());

            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(tensors).forEach((name, tensor) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(tensor.bytes().asByteBuffer());
            });
            assertEquals(file.expected.get("sha256").asText(), HexFormat.of().formatHex(digest.digest()));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void sampleTensorsHaveShapeTypeAndChecksum(WeightFile file) {
        try (Checkpoint checkpoint = file.open()) {
            Map<String, StoredTensor> tensors = file.tensors(checkpoint);
            file.expected.get("samples").properties().forEach(sample -> {
                StoredTensor tensor = tensors.get(sample.getKey());
                JsonNode shape = sample.getValue().get("shape");
                assertArrayEquals(LongStream.range(0, shape.size()).map(i -> shape.get((int) i).asLong()).toArray(), tensor.shape());
                assertEquals(sample.getValue().get("dtype").asText(), tensor.dtype().name());
                CRC32 crc = new CRC32();
                crc.update(tensor.bytes().asByteBuffer());
                assertEquals(sample.getValue().get("crc32").asText(), HexFormat.of().toHexDigits((int) crc.getValue()));
            });
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void floatsAreTheStoredValuesWidened(WeightFile file) {
        try (Checkpoint checkpoint = file.open()) {
            file.tensors(checkpoint).values().stream().filter(tensor -> !tensor.dtype().isInteger()).forEach(tensor -> {
                ByteBuffer stored = tensor.bytes().asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
                float[] expected = new float[(int) tensor.elementCount()];
                for (int i = 0; i < expected.length; i++) {
                    expected[i] = tensor.dtype() == DType.F16 ? Float.float16ToFloat(stored.getShort()) : stored.getFloat();
                }
                assertArrayEquals(expected, tensor.floats());
                float[] copied = new float[expected.length];
                tensor.copyTo(MemorySegment.ofArray(copied));
                assertArrayEquals(expected, copied);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyMemberMatchesItsChecksum(WeightFile file) {
        try (Checkpoint checkpoint = file.open()) {
            assertDoesNotThrow(checkpoint::verify);
        }
    }

    @ParameterizedTest
    @MethodSource("configuredFiles")
    void theConfigurationIsCompleteAsPlainJson(WeightFile file) throws Exception {
        try (Checkpoint checkpoint = file.open()) {
            Map<?, ?> root = (Map<?, ?>) checkpoint.root();
            assertEquals(file.expected.get("config"), JSON.readTree(JSON.writeValueAsString(root.get("config"))));
            assertEquals(file.expected.get("info").asText(), root.get("info"));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void theFirstTwoBytesAreRead(WeightFile file) {
        String expected = file.expected.get("first_two_bytes").asText();
        try (Checkpoint checkpoint = file.open()) {
            assertEquals(Optional.of(expected).filter(digits -> !digits.equals("PK")), checkpoint.versionStamp());
        }
    }

    @ParameterizedTest
    @MethodSource("gptFiles")
    void gptFilesGiveTheirDimensions(WeightFile file) {
        JsonNode model = file.expected.get("config").get("model");
        try (GptCheckpoint gpt = GptCheckpoint.open(GoldenCases.file(file.name))) {
            GptConfig expected = new GptConfig(model.get("embedding_dim").asInt(), model.get("hidden_dim").asInt(),
                    model.get("head").asInt(), model.get("n_layer").asInt(), model.get("vocab_size").asInt(),
                    model.get("phoneme_vocab_size").asInt(), model.get("EOS").asInt(),
                    file.expected.get("config").get("data").get("max_sec").asInt());
            assertEquals(expected, gpt.config());
            assertEquals(file.expected.get("info").asText(), gpt.info());
            assertEquals(file.expected.get("tensors").asInt(), gpt.weights().size());
            assertTrue(gpt.weights().containsKey("h.layers.0.self_attn.in_proj_weight"));
        }
    }

    @ParameterizedTest
    @MethodSource("sovitsFiles")
    void sovitsFilesGiveTheirVersionAndConfiguration(WeightFile file) {
        JsonNode config = file.expected.get("config");
        try (SovitsCheckpoint sovits = SovitsCheckpoint.open(GoldenCases.file(file.name))) {
            assertEquals(config.get("model").get("version").asText(), sovits.version().spelling());
            assertEquals(sovits.version() == ModelVersion.V1 ? SymbolVersion.V1 : SymbolVersion.V2, sovits.symbols());
            JsonNode rank = file.expected.path("lora_rank");
            assertEquals(rank.isInt() ? OptionalInt.of(rank.asInt()) : OptionalInt.empty(), sovits.loraRank());
            assertEquals(file.expected.get("info").asText(), sovits.info());
            assertEquals(config.get("model").get("gin_channels").asInt(), sovits.config().model().ginChannels());
            assertEquals(config.get("data").get("sampling_rate").asInt(), sovits.config().data().samplingRate());
            assertEquals(config.get("model").get("resblock_dilation_sizes").toString(),
                    sovits.config().model().resblockDilationSizes().toString().replace(" ", ""));
            assertEquals(file.expected.get("tensors").asInt(), sovits.weights().size());
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void filesOfAnotherKindAreRefusedByWhatTheyLookLike(WeightFile file) {
        try (Checkpoint checkpoint = file.open()) {
            String looks = CheckpointKind.of(checkpoint).description();
            assertFalse(CheckpointKind.of(checkpoint) == CheckpointKind.UNKNOWN);
            if (!file.name.startsWith("gpt/")) {
                Refusals.assertRefused("not a GPT checkpoint: it looks like " + looks, () -> GptCheckpoint.of(checkpoint));
            }
            if (!file.name.startsWith("sovits/")) {
                Refusals.assertRefused("not a SoVITS checkpoint: it looks like " + looks, () -> SovitsCheckpoint.of(checkpoint));
            }
        }
    }
}
