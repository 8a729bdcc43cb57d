package io.utter.importer.checkpoint;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.utter.testing.GoldenCases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * However a real checkpoint is changed, reading all of it either succeeds or ends in a {@link CheckpointException} of one line,
 * within a bound on memory. (Instructions and values are bounded as well, so nothing hangs.)
 */
class MutatedCheckpointTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long ALLOCATION_BOUND = 32L << 20; // 4 MiB is what they take; the largest file used here has 0.8 MB
    private static final String DESCRIPTION = "data.pkl";

    private static Path directory;
    private static Original content;
    private static Original gpt;
    private static Original sovits;

    /** A real checkpoint: the file, and its members. */
    private record Original(byte[] file, List<Archive.Entry> members) {
        static Original of(String name) throws IOException {
            byte[] file = Files.readAllBytes(GoldenCases.file(name));
            return new Original(file, List.copyOf(Archive.parse(MemorySegment.ofArray(file)).entries()));
        }

        /** Where the directory of the zip starts, roughly: the last tenth of the file. */
        int tail() {
            return file.length / 10;
        }

        byte[] description() {
            return members.stream().filter(member -> member.name().endsWith(DESCRIPTION)).findFirst().orElseThrow().data()
                    .toArray(ValueLayout.JAVA_BYTE);
        }

        /** The same archive with another description and a checksum that fits it. */
        byte[] withDescription(byte[] description) {
            ZipWriter zip = new ZipWriter();
            for (Archive.Entry member : members) {
                zip.add(member.name(), member.name().endsWith(DESCRIPTION) ? description : member.data().toArray(ValueLayout.JAVA_BYTE));
            }
            return zip.bytes();
        }
    }

    /** A byte to change: where (as a fraction of the length), and what it becomes. */
    record Change(double where, byte value) {
        void apply(byte[] bytes, int from, int length) {
            bytes[from + (int) (where * length)] = value;
        }
    }

    @BeforeContainer
    static void readOriginals() throws IOException {
        directory = Files.createTempDirectory("mutated");
        content = Original.of("chinese-hubert-base/pytorch_model.bin");
        gpt = Original.of("gpt/gpt-h64.ckpt");
        sovits = Original.of("sovits/sovits-v3-lora4.pth");
    }

    @AfterContainer
    static void removeDirectory() throws IOException {
        Files.delete(directory);
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        // Uniform, or else most changes would hit the first bytes.
        Arbitrary<Double> where = Arbitraries.integers().withDistribution(RandomDistribution.uniform()).between(0, 1 << 30)
                .map(number -> number / (1 + 0x1p30));
        Arbitrary<Byte> anything = Arbitraries.bytes();
        Arbitrary<Byte> instruction = Arbitraries.of(Opcode.values()).map(opcode -> (byte) opcode.code());
        Arbitrary<Byte> extreme = Arbitraries.of((byte) 0, (byte) -1, (byte) 0x7f, (byte) 0x80);
        return Combinators.combine(where, Arbitraries.oneOf(anything, instruction, extreme)).as(Change::new)
                .list().ofMinSize(1).ofMaxSize(6);
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void anyChangedBytes(@ForAll("changes") List<Change> changes) {
        byte[] file = content.file.clone();
        changes.forEach(change -> change.apply(file, 0, file.length));
        assertReadsOrRefuses(file, MutatedCheckpointTest::readAll);
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void changedBytesInTheZipDirectory(@ForAll("changes") List<Change> changes) {
        byte[] file = content.file.clone();
        changes.forEach(change -> change.apply(file, file.length - content.tail(), content.tail()));
        assertReadsOrRefuses(file, MutatedCheckpointTest::readAll);
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void anyTruncation(@ForAll("changes") List<Change> changes) {
        byte[] file = Arrays.copyOf(content.file, (int) (changes.getFirst().where * content.file.length));
        assertReadsOrRefuses(file, MutatedCheckpointTest::readAll);
    }

    @Property(tries = 1500, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void changedDescriptionsWithChecksumsThatFit(@ForAll("changes") List<Change> changes) {
        assertReadsOrRefuses(withChangedDescription(content, changes), MutatedCheckpointTest::readAll);
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void changedDescriptionsOfGptFiles(@ForAll("changes") List<Change> changes) {
        assertReadsOrRefuses(withChangedDescription(gpt, changes), path -> GptCheckpoint.open(path).close());
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void changedDescriptionsOfSovitsFiles(@ForAll("changes") List<Change> changes) {
        assertReadsOrRefuses(withChangedDescription(sovits, changes), path -> SovitsCheckpoint.open(path, ModelVersion.V3).close());
    }

    private static byte[] withChangedDescription(Original original, List<Change> changes) {
        byte[] description = original.description();
        changes.forEach(change -> change.apply(description, 0, description.length));
        return original.withDescription(description);
    }

    private static void assertReadsOrRefuses(byte[] bytes, Consumer<Path> reader) {
        Path file = ZipWriter.write(directory, bytes);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            reader.accept(file);
        } catch (CheckpointException refusal) {
            Refusals.assertIsOneLine(refusal);
        } finally {
            delete(file);
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < ALLOCATION_BOUND, () -> "allocated " + allocated + " bytes");
    }

    private static void readAll(Path file) {
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            readTensors(checkpoint.root());
        }
    }

    private static void readTensors(Object value) {
        switch (value) {
            case StoredTensor tensor -> tensor.floats();
            case Map<?, ?> map -> map.values().forEach(MutatedCheckpointTest::readTensors);
            case Collection<?> list -> list.forEach(MutatedCheckpointTest::readTensors);
            case null, default -> { }
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
