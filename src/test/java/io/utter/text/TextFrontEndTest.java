package io.utter.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.error.UtterException.InvalidInput;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of things in front of any language, with a language that says every ASCII letter as a phone of its own. */
class TextFrontEndTest {
    private final List<String> pronounced = new ArrayList<>();
    private final TextFrontEnd text = new TextFrontEnd(List.of(new Spelling()), LanguageSegmentation.NAMED);

    private final class Spelling implements LanguageFrontEnd {
        @Override
        public Language language() {
            return Language.ENGLISH;
        }

        @Override
        public Pronunciation pronounce(String piece) {
            pronounced.add(piece);
            String letters = piece.replaceAll("[^A-Za-z.]", "");
            return new Pronunciation(letters, List.of(letters.toLowerCase(Locale.ROOT).split("")));
        }
    }

    @Test
    void pronouncesASentenceNoEarlierThanItIsAskedFor() {
        Iterator<Sentence> sentences = sentences("The first sentence is here. The second sentence follows. The third comes last.");
        assertEquals(List.of("The first sentence is here."), pronounced);
        assertEquals("The first sentence is here.", sentences.next().text());
        assertEquals(1, pronounced.size());
        assertEquals("The second sentence follows.", sentences.next().text());
        assertEquals(2, pronounced.size());
    }

    @Test
    void passesOverSentencesThatVanishInNormalisation() {
        Iterator<Sentence> sentences = sentences("привет всем вокруг. Here is something to say. ещё немного слов.");
        assertEquals("Here is something to say.", sentences.next().text());
        assertFalse(sentences.hasNext());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t\u3000"})
    void refusesAnEmptyTextBeforeAnythingIsSaid(String empty) {
        assertEquals("empty_input", refusal(empty));
    }

    @ParameterizedTest
    @ValueSource(strings = {"...", "?! —", "😀", "привет всем вокруг."})
    void refusesATextWithNothingToSay(String nothing) {
        assertEquals("nothing_to_say", refusal(nothing));
    }

    @ParameterizedTest
    @EnumSource(names = {"ZH", "ALL_JA", "KO", "YUE"})
    void refusesALanguageByNameUntilItIsThere(LanguageMode language) {
        InvalidInput refused = assertThrows(InvalidInput.class, () -> text.sentences("你好", language, SymbolTable.V2, Lexicon.EMPTY));
        assertEquals("unsupported_language", refused.code());
        assertEquals("language", refused.field());
        assertTrue(refused.getMessage().contains(language.language().orElseThrow().displayName()), refused.getMessage());
        assertThrows(InvalidInput.class, () -> text.prompt("你好", language, SymbolTable.V2));
        assertThrows(InvalidInput.class, () -> text.sentence("你好", language, SymbolTable.V2));
    }

    @Test
    void saysWhatIsTooShortOnceMoreBehindAFullStop() {
        Sentence sentence = text.sentence("abc", LanguageMode.EN, SymbolTable.V2);
        assertEquals(List.of("abc", ".abc"), pronounced);
        assertEquals(".abc", sentence.normalized());
    }

    @Test
    void replacesPhonesTheVoiceDoesNotKnow() {
        Sentence sentence = text.sentence("Afqxyz", LanguageMode.EN, SymbolTable.V2);
        assertEquals(List.of("a", "f", "q", "x", "y", "z"), sentence.phones());
        Pronunciation said = new Pronunciation("v", List.of("ㄱ", "K"));
        Sentence unknown = new Sentence("v", List.of(Segment.of(Language.KOREAN, "v", said, SymbolTable.V1, false)), SymbolTable.V1, Optional.empty());
        assertEquals(List.of("UNK", "K"), unknown.phones());
        assertArrayEquals(new int[] {86, 61}, unknown.phoneIds());
    }

    @Test
    void endsATranscriptWithAMarkAndDoesNotCutIt() {
        assertEquals("One. Two. Three words.", prompt("One. Two. Three words\n"));
        assertEquals("Really? Yes, really!", prompt("Really? Yes, really!"));
    }

    @Test
    void refusesATranscriptThatIsEmptyOrEndless() {
        assertEquals("empty_prompt_text", assertThrows(InvalidInput.class, () -> prompt(" \n")).code());
        assertEquals("prompt_text_too_long", assertThrows(InvalidInput.class, () -> prompt("word ".repeat(300))).code());
    }

    @Test
    void cutsTheWayTheCallerNames() {
        Iterator<Sentence> sentences =
                text.sentences("First clause, second clause, and the end.", LanguageMode.EN, SymbolTable.V2, Lexicon.EMPTY, CutMethod.CUT5);
        assertEquals("First clause,", sentences.next().text());
        assertEquals(" second clause,", sentences.next().text());
    }

    @Test
    void refusesTwoFrontEndsForOneLanguage() {
        assertThrows(IllegalArgumentException.class, () -> new TextFrontEnd(List.of(new Spelling(), new Spelling()), LanguageSegmentation.NAMED));
    }

    private Iterator<Sentence> sentences(String input) {
        return text.sentences(input, LanguageMode.EN, SymbolTable.V2, Lexicon.EMPTY);
    }

    private String refusal(String input) {
        InvalidInput refused = assertThrows(InvalidInput.class, () -> sentences(input));
        assertEquals("input", refused.field());
        return refused.code();
    }

    private String prompt(String transcript) {
        return text.prompt(transcript, LanguageMode.EN, SymbolTable.V2).text();
    }
}
