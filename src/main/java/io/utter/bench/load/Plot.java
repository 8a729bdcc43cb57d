package io.utter.bench.load;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Panels of lines above one another, over the same few places on the x axis, as SVG that is readable on light and on dark. */
final class Plot {
    private static final int WIDTH = 720;
    private static final int LEFT = 72;
    private static final int RIGHT = 24;
    private static final int PANEL = 170;
    private static final int ABOVE = 58;
    private static final int BELOW = 52;
    private static final int TICKS = 4;
    private static final int LEGEND_WIDTH = 74;
    private static final List<Integer> NICE = List.of(1, 2, 4, 6, 8, 10);

    private static final String STYLE = """
            text { font: 13px system-ui, sans-serif; fill: #1f2430; } .title { font-weight: 600; } .quiet { fill: #5b6472; }
            .page { fill: #ffffff; } .grid { stroke: #d9dde3; }
            .line { fill: none; stroke-width: 2; } .s0 { stroke: #1f6fb4; } .s1 { stroke: #c4620a; stroke-dasharray: 7 4; }
            .s2 { stroke: #a3218e; stroke-dasharray: 2 3; } .d0 { fill: #1f6fb4; } .d1 { fill: #c4620a; } .d2 { fill: #a3218e; }
            @media (prefers-color-scheme: dark) {
              text { fill: #e6e9ee; } .quiet { fill: #a3adba; } .page { fill: #14171c; } .grid { stroke: #333a44; }
              .s0 { stroke: #6db3f2; } .s1 { stroke: #f2a65a; } .s2 { stroke: #f08ae0; }
              .d0 { fill: #6db3f2; } .d1 { fill: #f2a65a; } .d2 { fill: #f08ae0; }
            }
            """;

    /** @param values one for each place on the x axis; NaN leaves a gap */
    record Line(String name, double[] values) {}

    /**
     * At most three lines on one scale, from zero.
     *
     * @param least what the scale reaches at least
     */
    record Panel(String title, double least, List<Line> lines) {}

    private final StringBuilder svg = new StringBuilder();
    private final List<String> places;

    private Plot(List<String> places) {
        this.places = places;
    }

    /**
     * @param places the x axis's labels
     * @param axis what they are
     */
    static String svg(String heading, List<String> places, String axis, List<Panel> panels) {
        return new Plot(places).draw(heading, axis, panels);
    }

    private String draw(String heading, String axis, List<Panel> panels) {
        int height = ABOVE / 2 + panels.size() * (PANEL + ABOVE) + BELOW;
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">",
                WIDTH, height, WIDTH, height);
        add("<title>%s</title>", escaped(heading));
        svg.append("<style>\n").append(STYLE).append("</style>\n");
        add("<rect class=\"page\" width=\"%d\" height=\"%d\"/>", WIDTH, height);
        int top = ABOVE / 2;
        for (Panel panel : panels) {
            top += ABOVE;
            panel(panel, top);
            top += PANEL;
        }
        add("<text class=\"title\" x=\"%d\" y=\"28\">%s</text>", LEFT, escaped(heading));
        for (int i = 0; i < places.size(); i++) {
            add("<text class=\"quiet\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", x(i), top + 20, escaped(places.get(i)));
        }
        add("<text class=\"quiet\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>", (LEFT + WIDTH - RIGHT) / 2, top + 40,
                escaped(axis));
        return svg.append("</svg>\n").toString();
    }

    private void panel(Panel panel, int top) {
        double most = panel.lines().stream().flatMapToDouble(line -> Arrays.stream(line.values())).filter(Double::isFinite)
                .max().orElse(0);
        double scale = niceAbove(Math.max(most, panel.least()));
        add("<text x=\"%d\" y=\"%d\">%s</text>", LEFT, top - 12, escaped(panel.title()));
        for (int i = 0; i <= TICKS; i++) {
            double value = scale * i / TICKS;
            double y = y(value, scale, top);
            add("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, WIDTH - RIGHT, y, y);
            add("<text class=\"quiet\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 8, y + 4, LoadReport.number(value));
        }
        for (int i = 0; i < panel.lines().size(); i++) {
            line(panel.lines().get(i), i, scale, top);
            if (panel.lines().size() > 1) {
                legend(panel.lines().get(i).name(), i, WIDTH - RIGHT - (panel.lines().size() - i) * LEGEND_WIDTH, top - 16);
            }
        }
    }

    private void line(Line line, int style, double scale, int top) {
        StringBuilder path = new StringBuilder();
        boolean drawing = false;
        for (int i = 0; i < line.values().length; i++) {
            double value = line.values()[i];
            if (Double.isFinite(value)) {
                double y = y(value, scale, top);
                path.append(String.format(Locale.ROOT, "%s%.1f %.1f ", drawing ? "L" : "M", x(i), y));
                add("<circle class=\"d%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"><title>%s %s</title></circle>", style, x(i), y,
                        escaped(line.name()), LoadReport.number(value));
            }
            drawing = Double.isFinite(value);
        }
        add("<path class=\"line s%d\" d=\"%s\"/>", style, path.toString().strip());
    }

    private void legend(String name, int style, int x, int y) {
        add("<path class=\"line s%d\" d=\"M%d %d h28\"/>", style, x, y);
        add("<text x=\"%d\" y=\"%d\">%s</text>", x + 34, y + 4, escaped(name));
    }

    private double x(int place) {
        return LEFT + (WIDTH - RIGHT - LEFT) * (place + 0.5) / places.size();
    }

    private static double y(double value, double scale, int top) {
        return top + PANEL * (1 - value / scale);
    }

    /** The next number that divides well into ticks. */
    static double niceAbove(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        return NICE.stream().mapToDouble(nice -> nice * power).filter(nice -> nice >= value).min().orElse(10 * power);
    }

    private void add(String element, Object... values) {
        svg.append(String.format(Locale.ROOT, element, values)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
