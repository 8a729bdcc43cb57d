package io.utter.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
    @Test
    void aPercentileIsOneOfTheValues() {
        Percentiles hundred = Percentiles.of(IntStream.rangeClosed(1, 100).map(i -> 101 - i).asDoubleStream());
        assertEquals(50, hundred.at(0.50));
        assertEquals(95, hundred.at(0.95));
        assertEquals(99, hundred.at(0.99));
        assertEquals(100, hundred.at(1));
    }

    @Test
    void ofFewValuesTheHighestPercentilesAreTheLargest() {
        Percentiles three = Percentiles.of(DoubleStream.of(3, 1, 2));
        assertEquals(2, three.at(0.50));
        assertEquals(3, three.at(0.95));
    }

    @Test
    void whatIsNotANumberIsLeftOut() {
        assertEquals(7, Percentiles.of(DoubleStream.of(Double.NaN, 7, Double.POSITIVE_INFINITY)).at(0.99));
        assertEquals(Double.NaN, Percentiles.of(DoubleStream.of(Double.NaN)).at(0.5));
    }
}
