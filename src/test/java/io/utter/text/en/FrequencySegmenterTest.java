package io.utter.text.en;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LowerChars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrequencySegmenterTest {
    private static final WordSegmenter SEGMENTER = FrequencySegmenter.loadedLater(PhoneTable.load("words.bin"));

    @ParameterizedTest
    @CsvSource({
        "wasnegative,was negative", "snakecase,snake case", "fullwidth,full width", "eitheror,either or", "tabsand,tabs and",
        "sixtykg,sixty kg", "twenty-four,twenty four", "fifteen-year-old,fifteen year old", "www.example.com,www example com",
        "wordwithoutspaces,word without spaces"
    })
    void takesJoinedWordsApart(String word, String parts) {
        assertEquals(List.of(parts.split(" ")), SEGMENTER.segment(word));
    }

    @ParameterizedTest
    @ValueSource(strings = {"caoimhe", "saoirse", "prof", "approx", "tbsp", "grok", "kubernetes", "quixotry", "codecs", "quadrillion"})
    void leavesUnknownWordsWhole(String word) {
        assertEquals(List.of(word), SEGMENTER.segment(word));
    }

    @Property
    void losesNoLetter(@ForAll @LowerChars @NotEmpty @StringLength(max = 80) String word) {
        List<String> parts = SEGMENTER.segment(word);
        assertFalse(parts.contains(""));
        assertEquals(word, String.join("", parts));
    }

    @Test
    void takesTimeInProportionToTheWord() {
        assertTimeout(Duration.ofSeconds(10), () -> SEGMENTER.segment("zq".repeat(20_000)));
    }
}
