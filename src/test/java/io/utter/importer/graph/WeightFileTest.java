package io.utter.importer.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
}
