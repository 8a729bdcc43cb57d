package io.utter.bench.scale;

import io.utter.error.UtterException.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * When requests come.
 *
 * @param name for people
 * @param perSecond how many are expected in each second
 */
public record Trace(String name, double[] perSecond) {
    private static final int HOUR = 3600;
    private static final int DAY = 24 * HOUR;
    private static final int NIGHT = 6 * HOUR;
    private static final int SPIKE = 120;

    /** As many at any time of an hour. */
    static Trace steady(double rate) {
        return new Trace("steady", DoubleStream.generate(() -> rate).limit(HOUR).toArray());
    }

    /** A day: none for six hours, then a hump with its peak in the middle. */
    static Trace diurnal(double peak) {
        return new Trace("diurnal", IntStream.range(0, DAY)
                .mapToDouble(second -> second < NIGHT ? 0 : peak * Math.pow(Math.sin(Math.PI * (second - NIGHT) / (DAY - NIGHT)), 2)).toArray());
    }

    /** An hour in which next to nobody comes, but for two minutes in its middle. */
    static Trace spike(double peak) {
        return new Trace("spike", IntStream.range(0, HOUR)
                .mapToDouble(second -> second >= HOUR / 2 && second < HOUR / 2 + SPIKE ? peak : peak / 100).toArray());
    }

    /**
     * A file of numbers, one a line: requests in each second.
     *
     * @throws InvalidInput if it cannot be read as that
     */
    public static Trace read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            double[] rates = lines.stream().map(String::strip).filter(line -> !line.isEmpty()).mapToDouble(Double::parseDouble).toArray();
            if (rates.length == 0 || DoubleStream.of(rates).anyMatch(rate -> !(rate >= 0))) {
                throw new NumberFormatException("no rate");
            }
            return new Trace(file.getFileName().toString(), rates);
        } catch (IOException | NumberFormatException e) {
            throw new InvalidInput("--trace", "bad_trace", file + " does not hold one number of requests a line: " + e.getMessage());
        }
    }

    /** When each request comes, in seconds, in order; the same seed gives the same moments (a Poisson process). */
    double[] arrivals(long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, perSecond.length).boxed().flatMapToDouble(second -> {
            int count = poisson(perSecond[second], random);
            return random.doubles(count, second, second + 1).sorted();
        }).toArray();
    }

    /** Knuth 1969, in pieces: rates are small. */
    private static int poisson(double mean, Random random) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            count++;
            product *= random.nextDouble();
        }
        return count;
    }
}
