package io.utter.text.en;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected tokens are those of nltk 3.8.1. */
class TweetTokenizerTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Don't stop, it's half-baked!|Don't stop , it's half-baked !",
        "a b-c d'e f- -g|a b-c d'e f - - g",
        "see www.example.com-a now|see www.example.com - a now",
        "the end.of sentence.|the end.of sentence .",
        "a.b.c.d|a . b . c . d",
        "rock'n'roll''|rock'n'roll ' '"
    })
    void takesNormalisedTextApart(String text, String tokens) {
        assertEquals(List.of(tokens.split(" ")), TweetTokenizer.tokenize(text));
    }

    @Test
    void takesMoreThanThreeOfAMarkForThree() {
        assertEquals(List.of("'", "'", "'"), TweetTokenizer.tokenize("''''''"));
    }

    @Test
    void takesTimeInProportionToTheText() {
        for (String unit : List.of("a.", "a-", "a'", "ab.c-", "a ", "'-")) {
            assertTimeout(Duration.ofSeconds(5), () -> TweetTokenizer.tokenize(unit.repeat(100_000)), unit);
        }
    }
}
