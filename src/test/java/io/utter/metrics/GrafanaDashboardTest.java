package io.utter.metrics;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.utter.fake.FakeSpeech;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the dashboard and the alerts ask for is what a server tells. */
@QuarkusTest
@TestProfile(FakeSpeech.class)
class GrafanaDashboardTest {
    private static final Path DASHBOARD = Path.of("knative/monitoring/grafana-dashboard.json");
    private static final Path ALERTS = Path.of("knative/monitoring/alerts.yaml");
    private static final Pattern METRIC = Pattern.compile("\\btts_\\w+");
    private static final Pattern LABELS = Pattern.compile("\\bby \\(([^)]*)\\)");

    private List<String> queries;
    private List<String> samples;

    @BeforeEach
    void read() throws IOException {
        queries = new ObjectMapper().readTree(DASHBOARD.toFile()).findValuesAsText("expr");
        queries.addAll(new ObjectMapper(new YAMLFactory()).readTree(ALERTS.toFile()).findValuesAsText("expr"));
        samples = given().get("/q/metrics").asString().lines().filter(line -> !line.startsWith("#")).toList();
    }

    @Test
    void everyMetricIsToldUnderThatName() {
        assertFalse(queries.isEmpty());
        Set<String> unknown = new TreeSet<>();
        queries.forEach(query -> METRIC.matcher(query).results().map(MatchResult::group).forEach(unknown::add));
        samples.stream().map(sample -> sample.split("[{ ]")[0]).forEach(unknown::remove);
        assertEquals(Set.of(), unknown);
    }

    @Test
    void everyLabelIsOneOfThatMetric() {
        for (String query : queries) {
            Matcher metric = METRIC.matcher(query);
            Matcher labels = LABELS.matcher(query);
            if (metric.find() && labels.find()) {
                String sample = samples.stream().filter(line -> line.startsWith(metric.group() + "{")).findFirst().orElse("");
                for (String label : labels.group(1).split(", ")) {
                    assertTrue(sample.matches(".*[{,]" + label + "=\".*"), label + " of " + metric.group() + ": " + sample);
                }
            }
        }
    }
}
