package io.utter.importer.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightFileTest {

    /** 1 + 2^-8 and 1 + 3 * 2^-8 lie half-way between neighbours: the even one is taken. */
    @ParameterizedTest
    @CsvSource({"1, 1", "-1, -1", "1.00390625, 1", "1.01171875, 1.015625", "1.005, 1.0078125", "0, 0", "3.4e38, Infinity"})
    void brainFloatsAreRoundedToNearest(float value, float expected) {
        assertEquals(expected, Float.intBitsToFloat(WeightFile.brainFloat(value) << 16));
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "-Infinity"})
    void whatIsNoNumberStaysSo(float value) {
        assertTrue(Float.compare(value, Float.intBitsToFloat(WeightFile.brainFloat(value) << 16)) == 0);
    }

    /** As an image's kernel for a processor, and a one-dimensional one for cards. */
    @Test
    void aTensorIsStoredOnceForGraphsThatGiveItOtherAxes(@TempDir Path folder) throws IOException {
        Dense kernel = new Dense(new long[] {2, 1, 3}, new float[] {1, 2, 3, 4, 5, 6});
        Path file = folder.resolve("kernels.weights");
        try (WeightFile weights = new WeightFile(file, false)) {
            WeightFile.Entry image = weights.put("kernel", kernel.reshaped(2, 1, 1, 3), ElementType.FLOAT);
            WeightFile.Entry row = weights.put("kernel", kernel, ElementType.FLOAT);
            assertEquals(List.of(2L, 1L, 1L, 3L), LongStream.of(image.shape()).boxed().toList());
            assertEquals(List.of(2L, 1L, 3L), LongStream.of(row.shape()).boxed().toList());
            assertEquals(image.offset(), row.offset());
        }
        assertEquals(6 * Float.BYTES, Files.size(file));
    }
}
