package io.utter.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Named figures, each with its unit and how it spread over the repetitions. */
public final class Figures {
    /**
     * A figure.
     *
     * @param unit {@code ms}, {@code s/s}, ...
     * @param median of all repetitions
     * @param min the smallest
     * @param max the largest
     * @param n repetitions
     */
    public record Figure(String unit, double median, double min, double max, int n) {}

    private final Map<String, Figure> figures = new LinkedHashMap<>();

    /** Adds a figure; without values it is left out. */
    public void add(String name, String unit, double... values) {
        double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        if (sorted.length > 0) {
            int middle = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
            figures.put(name, new Figure(unit, median, sorted[0], sorted[sorted.length - 1], sorted.length));
        }
    }

    public Map<String, Figure> all() {
        return figures;
    }

    /** One line a figure, for people. */
    public String table() {
        int width = figures.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder table = new StringBuilder();
        figures.forEach((name, figure) -> {
            String spread = figure.n() == 1 ? "" : "  (%s to %s, n %d)".formatted(number(figure.min()), number(figure.max()), figure.n());
            table.append(("%-" + width + "s  %10s %-6s%s%n").formatted(name, number(figure.median()), figure.unit(), spread));
        });
        return table.toString();
    }

    private static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 1 ? "%.2f" : size == 0 ? "%.0f" : "%.4f", value);
    }

    /** All figures as one JSON object. */
    public void write(Path file) throws IOException {
        new ObjectMapper().configure(SerializationFeature.INDENT_OUTPUT, true).writeValue(file.toFile(), figures);
    }
}
