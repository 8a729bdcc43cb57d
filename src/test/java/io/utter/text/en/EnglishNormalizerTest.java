package io.utter.text.en;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the golden files do not show: where upstream raises an error, and what hostile text costs. */
class EnglishNormalizerTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "It costs (5$.|It costs five dollars.",
        "It costs $,5.|It costs five dollars.",
        "He paid £5,.|He paid five pounds,"
    })
    void readsAmountsUpstreamFailsOn(String text, String normalized) {
        assertEquals(normalized, EnglishNormalizer.normalize(text));
    }

    @Property
    void leavesOnlyLettersSpacesAndMarks(@ForAll @StringLength(max = 400) String text) {
        String normalized = EnglishNormalizer.normalize(text);
        assertTrue(normalized.matches("[ A-Za-z'.,?!-]*"), normalized);
    }

    @Test
    void takesTimeInProportionToTheText() {
        List<String> nasty =
                List.of("1", "1.", "1,", "1/", "(", "$", "£", "1$", ".1", "a + ", "\t", "1 ", "-1", "1:1", "A", "e.", "é", "1m", ",1");
        for (String unit : nasty) {
            assertTimeout(Duration.ofSeconds(5), () -> EnglishNormalizer.normalize(unit.repeat(100_000 / unit.length())), unit);
        }
    }
}
