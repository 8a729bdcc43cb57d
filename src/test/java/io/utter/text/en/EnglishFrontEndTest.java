package io.utter.text.en;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.error.UtterException.InvalidInput;
import io.utter.text.Language;
import io.utter.text.Sentence;
import io.utter.text.SymbolTable;
import io.utter.text.LanguageMode;
import io.utter.text.LanguageSegmentation;
import io.utter.text.Lexicon;
import io.utter.text.TextFrontEnd;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** English as it is shipped, from text to ids. */
class EnglishFrontEndTest {
    /** A piece is at most about 130 phones by estimate; numbers that grow in words may double that. */
    private static final int MOST_PHONES = 400;

    private static final TextFrontEnd TEXT = new TextFrontEnd(List.of(new EnglishFrontEnd()), LanguageSegmentation.NAMED);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "I read it every day, please.|R IY1 D",
        "She has read it, of course.|R EH1 D",
        "It is a complex question, really.|K AH0 M P L EH1 K S",
        "They left the complex, finally.|K AA1 M P L EH0 K S",
        "The snake's skin is dry today.|S N EY1 K S",
        "Ninety-eight of them are here.|N AY1 N T IY0 EY1 T",
        "The chatgpt thing says hello.|CH AE1 T JH IY1 P IY1 T IY1",
        "The A button and the B button.|EY1"
    })
    void saysWordsAsTheyAreMeant(String text, String phones) {
        String said = String.join(" ", TEXT.sentence(text, LanguageMode.EN, SymbolTable.V2).phones());
        assertTrue((" " + said + " ").contains(" " + phones + " "), said);
    }

    @Test
    void saysTheSameWithTheSymbolsOfEveryGeneration() {
        String text = "Every phone of English is in both tables.";
        assertEquals(
                TEXT.sentence(text, LanguageMode.EN, SymbolTable.V1).phones(),
                TEXT.sentence(text, LanguageMode.EN, SymbolTable.V2).phones());
    }

    @Property(tries = 500)
    void saysAnyTextOrRefusesIt(@ForAll("texts") String text) {
        assertTimeout(Duration.ofSeconds(5), () -> {
            try {
                TEXT.sentences(text, LanguageMode.EN, SymbolTable.V1, Lexicon.EMPTY).forEachRemaining(EnglishFrontEndTest::check);
            } catch (InvalidInput refused) {
                boolean marked = text.matches("(?s).*\\{.*\\|.*\\}.*"); // by chance, and then with a reading that means nothing
                List<String> reasons = marked
                        ? List.of("empty_input", "nothing_to_say", "bad_reading")
                        : List.of("empty_input", "nothing_to_say");
                assertTrue(reasons.contains(refused.code()), refused.code());
            }
        });
    }

    @Property(tries = 500)
    void pronouncesAnyPieceAndAnyTranscript(@ForAll("texts") String text) {
        assertTimeout(Duration.ofSeconds(5), () -> {
            checkIds(TEXT.sentence(text, LanguageMode.EN, SymbolTable.V1));
            checkIds(TEXT.prompt(text + "a", LanguageMode.EN, SymbolTable.V1));
        });
    }

    private static void check(Sentence sentence) {
        checkIds(sentence);
        assertFalse(sentence.normalized().isBlank());
        assertTrue(sentence.phones().size() <= MOST_PHONES, sentence.phones().size() + " phones: " + sentence.text());
    }

    private static void checkIds(Sentence sentence) {
        assertFalse(sentence.phones().isEmpty(), sentence.text());
        assertTrue(Arrays.stream(sentence.phoneIds()).allMatch(id -> id >= 0 && id < SymbolTable.V1.size()));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> anything = Arbitraries.strings().ofMaxLength(400);
        Arbitrary<String> ascii = Arbitraries.strings().ascii().ofMaxLength(400);
        Arbitrary<String> english = Arbitraries.of(
                        "a", "I", "read", "Smith's", "blorp", "unbeliefable", "xylo", "'s", "'", "-", ".", ",", "$", "£", "%", "1", "23",
                        "1999", "0", ":", "/", "°C", "km", "st", "th", "+", "=", " ", " ", " ", "(", "\n", "é", "²", "e.g.", "www.",
                        ".com", "GPU", "—")
                .list().ofMaxSize(150).map(tokens -> String.join("", tokens));
        return Arbitraries.oneOf(anything, ascii, english);
    }
}
