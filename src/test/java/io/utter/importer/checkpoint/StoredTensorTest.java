package io.utter.importer.checkpoint;

import static io.utter.importer.checkpoint.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.importer.checkpoint.PickleWriter.Tensor;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tensors: every element type and layout is read right; those that lie outside their storage are not read at all. */
class StoredTensorTest {
    @TempDir
    private Path directory;

    @Test
    void everyElementTypeIsWidened() {
        assertFloats(DType.F16, bytes(6).putShort((short) 0x3c00).putShort((short) 0xc000).putShort((short) 0x0001), 1, -2, 0x1p-24f);
        assertFloats(DType.BF16, bytes(6).putShort((short) 0x3f80).putShort((short) 0xc000).putShort((short) 0x7f80), 1, -2,
                Float.POSITIVE_INFINITY);
        assertFloats(DType.F32, bytes(12).putFloat(1).putFloat(-2).putFloat(Float.MIN_VALUE), 1, -2, Float.MIN_VALUE);
        assertFloats(DType.F64, bytes(24).putDouble(1).putDouble(-2).putDouble(1e300), 1, -2, Float.POSITIVE_INFINITY);
        assertFloats(DType.I64, bytes(24).putLong(1).putLong(-2).putLong(1L << 40), 1, -2, 0x1p40f);
        assertFloats(DType.I32, bytes(12).putInt(1).putInt(-2).putInt(300_000), 1, -2, 300_000);
        assertFloats(DType.I16, bytes(6).putShort((short) 1).putShort((short) -2).putShort((short) 300), 1, -2, 300);
        assertFloats(DType.I8, bytes(3).put((byte) 1).put((byte) -2).put((byte) 127), 1, -2, 127);
        assertFloats(DType.U8, bytes(3).put((byte) 1).put((byte) -2).put((byte) 127), 1, 254, 127);
        assertFloats(DType.BOOL, bytes(3).put((byte) 1).put((byte) 0).put((byte) 1), 1, 0, 1);
    }

    @Test
    void wholeNumbersAreReadAsLongs() {
        assertArrayEquals(new long[] {1, -2, 1L << 62}, tensor(DType.I64, bytes(24).putLong(1).putLong(-2).putLong(1L << 62)).longs());
        assertArrayEquals(new long[] {1, -2, 3}, tensor(DType.I8, bytes(3).put((byte) 1).put((byte) -2).put((byte) 3)).longs());
        assertRefused("stored as F32", () -> tensor(DType.F32, bytes(12)).longs());
    }

    @Test
    void transposedTensorsAreReadInLogicalOrder() {
        StoredTensor transposed = open(DType.U8, new Tensor(DType.U8, "0", 6, 0, new long[] {3, 2}, new long[] {1, 3}), 0, 1, 2, 3, 4, 5);
        assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5}, transposed.floats());
        assertArrayEquals(new long[] {0, 3, 1, 4, 2, 5}, transposed.longs());
        assertArrayEquals(new byte[] {0, 3, 1, 4, 2, 5}, transposed.bytes().toArray(ValueLayout.JAVA_BYTE));
    }

    @Test
    void slicesOfASharedStorageAreReadFromTheirOffset() {
        StoredTensor slice = open(DType.U8, new Tensor(DType.U8, "0", 6, 4, new long[] {2}, new long[] {1}), 0, 1, 2, 3, 4, 5);
        assertArrayEquals(new long[] {4, 5}, slice.longs());
        StoredTensor column = open(DType.U8, new Tensor(DType.U8, "0", 6, 1, new long[] {3}, new long[] {2}), 0, 1, 2, 3, 4, 5);
        assertArrayEquals(new float[] {1, 3, 5}, column.floats());
    }

    @Test
    void scalarsAndEmptyTensorsAreTensorsToo() {
        StoredTensor scalar = open(DType.U8, Tensor.contiguous(DType.U8, "0"), 9);
        assertEquals(0, scalar.rank());
        assertArrayEquals(new long[] {9}, scalar.longs());
        StoredTensor empty = open(DType.U8, Tensor.contiguous(DType.U8, "0", 0, 5));
        assertTrue(empty.hasShape(0, 5));
        assertEquals(0, empty.floats().length);
    }

    @Test
    void aBufferTakesValuesAtItsPosition() {
        FloatBuffer buffer = FloatBuffer.allocate(5).position(1);
        tensor(DType.U8, bytes(3).put((byte) 7).put((byte) 8).put((byte) 9)).copyTo(buffer);
        assertEquals(4, buffer.position());
        assertArrayEquals(new float[] {0, 7, 8, 9, 0}, buffer.array());
    }

    @Test
    void longTensorsAreReadAcrossBlocks() {
        int count = 20_001;
        ByteBuffer data = bytes(2 * count);
        float[] expected = new float[count];
        for (int i = 0; i < count; i++) {
            expected[i] = i % 2048;
            data.putShort(Float.floatToFloat16(expected[i]));
        }
        assertArrayEquals(expected, tensor(DType.F16, data, count).floats());
        StoredTensor backwards = open(data, new Tensor(DType.F16, "0", count, 0, new long[] {2, 10_000}, new long[] {1, 2}));
        float[] evens = new float[10_000];
        System.arraycopy(backwards.floats(), 0, evens, 0, 10_000);
        for (int i = 0; i < 10_000; i++) {
            assertEquals(2 * i % 2048, evens[i]);
        }
    }

    @Test
    void tensorsOutsideTheirStorageAreRefused() {
        assertOutside(0, new long[] {7}, new long[] {1});
        assertOutside(1, new long[] {6}, new long[] {1});
        assertOutside(-1, new long[] {2}, new long[] {1});
        assertOutside(7, new long[] {0}, new long[] {1});
        assertOutside(0, new long[] {2, 3}, new long[] {4, 1});
        assertOutside(5, new long[] {2}, new long[] {-1});
        assertOutside(0, new long[] {-1}, new long[] {1});
        assertOutside(Long.MAX_VALUE, new long[] {1}, new long[] {1});
        assertOutside(0, new long[] {2}, new long[] {Long.MAX_VALUE});
        assertOutside(0, new long[] {1L << 32, 1L << 32}, new long[] {0, 0});
    }

    @Test
    void tensorsLargerThanTheirStorageAreRefused() {
        assertOutside(0, new long[] {1L << 40}, new long[] {0});
        assertOutside(0, new long[] {7}, new long[] {0});
    }

    @Test
    void shapesThatMakeNoSenseAreRefused() {
        assertRefused("1 dimensions with 2 strides",
                () -> open(DType.U8, new Tensor(DType.U8, "0", 6, 0, new long[] {1}, new long[] {1, 1}), 0, 0, 0, 0, 0, 0));
        assertRefused("40 dimensions", () -> open(DType.U8, new Tensor(DType.U8, "0", 1, 0, new long[40], new long[40]), 0));
    }

    @Test
    void storagesHoldWhatTheyDeclare() {
        assertRefused("should hold 7 elements of U8 and has 6 bytes",
                () -> open(DType.U8, new Tensor(DType.U8, "0", 7, 0, new long[] {1}, new long[] {1}), 0, 0, 0, 0, 0, 0));
        assertRefused("should hold", () -> open(DType.U8, new Tensor(DType.I64, "0", 1L << 61, 0, new long[] {1}, new long[] {1}), 0, 0));
        assertRefused("should hold", () -> open(DType.U8, new Tensor(DType.U8, "0", -1, 0, new long[] {1}, new long[] {1}), 0, 0));
    }

    @Test
    void manyTensorsOverOneStorageAreRefusedBeforeAnybodyReadsThemAll() {
        Map<String, Object> shared = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            shared.put("t" + i, Tensor.contiguous(DType.U8, "0", 400_000));
        }
        ZipWriter zip = ZipWriter.checkpoint(PickleWriter.of(shared), new byte[400_000]);
        assertRefused("share their data", () -> Checkpoint.open(zip.writeTo(directory)));
    }

    @Test
    void aClosedCheckpointGivesNothingMore() {
        Checkpoint checkpoint = Checkpoint.open(ZipWriter.checkpoint(PickleWriter.of(Map.of("t", Tensor.contiguous(DType.U8, "0", 1))),
                new byte[1]).writeTo(directory));
        StoredTensor tensor = checkpoint.tensors().get("t");
        checkpoint.close();
        assertThrows(IllegalStateException.class, tensor::floats);
    }

    private void assertOutside(long offset, long[] shape, long[] strides) {
        assertRefused("reaches outside its storage of 6 elements",
                () -> open(DType.U8, new Tensor(DType.U8, "0", 6, offset, shape, strides), 0, 1, 2, 3, 4, 5));
    }

    private void assertFloats(DType dtype, ByteBuffer data, float... expected) {
        assertArrayEquals(expected, tensor(dtype, data).floats());
        StoredTensor reversedAxes = open(data, new Tensor(dtype, "0", 3, 0, new long[] {1, 3, 1}, new long[] {9, 1, 9}));
        assertArrayEquals(expected, reversedAxes.floats());
        StoredTensor everySecond = open(data, new Tensor(dtype, "0", 3, 0, new long[] {2}, new long[] {2}));
        assertArrayEquals(new float[] {expected[0], expected[2]}, everySecond.floats());
    }

    private StoredTensor tensor(DType dtype, ByteBuffer data) {
        return tensor(dtype, data, 3);
    }

    private StoredTensor tensor(DType dtype, ByteBuffer data, int count) {
        return open(data, Tensor.contiguous(dtype, "0", count));
    }

    private StoredTensor open(DType dtype, Tensor described, int... values) {
        ByteBuffer data = bytes(values.length * dtype.bytes());
        for (int value : values) {
            data.put((byte) value);
        }
        return open(data, described);
    }

    /** Stays mapped until the JVM ends, as the tensor is used after this. */
    private StoredTensor open(ByteBuffer data, Tensor described) {
        ZipWriter zip = ZipWriter.checkpoint(PickleWriter.of(Map.of("t", described)), data.array());
        return Checkpoint.open(zip.writeTo(directory)).tensors().get("t");
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    }
}
