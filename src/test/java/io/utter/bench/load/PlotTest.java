package io.utter.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

class PlotTest {
    @Test
    void valuesThatAreNotKnownLeaveAGapAndTextIsEscaped() throws Exception {
        String svg = Plot.svg("a < b & c", List.of("1", "<2>", "3"), "x & y", List.of(
                new Plot.Panel("p", 1, List.of(new Plot.Line("known", new double[] {1, Double.NaN, 3}))),
                new Plot.Panel("q", 1, List.of(new Plot.Line("unknown", new double[] {Double.NaN, Double.NaN, Double.NaN})))));
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertEquals(2, document.getElementsByTagName("circle").getLength());
        assertEquals("a < b & c", document.getElementsByTagName("title").item(0).getTextContent());
        assertFalse(svg.contains("NaN"));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1.01, 2", "5406, 6000", "100, 100", "0.03, 0.04", "99, 100", "8.5, 10"})
    void scalesEndOnNumbersThatDivideWell(double value, double scale) {
        assertEquals(scale, Plot.niceAbove(value), 1e-9);
    }
}
