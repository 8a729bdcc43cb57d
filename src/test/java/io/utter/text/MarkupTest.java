package io.utter.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.error.UtterException.Failed;
import io.utter.error.UtterException.InvalidInput;
import io.utter.text.en.EnglishFrontEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a writer can say about the reading of a text, with English as the language. */
class MarkupTest {
    private static final TextFrontEnd TEXT = new TextFrontEnd(List.of(new EnglishFrontEnd()), LanguageSegmentation.NAMED);

    private static List<Sentence> said(String text, Lexicon lexicon) {
        List<Sentence> sentences = new ArrayList<>();
        TEXT.sentences(text, LanguageMode.EN, SymbolTable.V2, lexicon).forEachRemaining(sentences::add);
        return sentences;
    }

    private static String phones(String text) {
        return phones(text, Lexicon.EMPTY);
    }

    private static String phones(String text, Lexicon lexicon) {
        List<Sentence> sentences = said(text, lexicon);
        assertEquals(1, sentences.size());
        return String.join(" ", sentences.getFirst().phones());
    }

    @Test
    void aWordIsReadAsItsPhonesSay() {
        assertEquals("DH AH0 JH IH1 F IH1 Z HH IY1 R .", phones("The {GIF|/JH IH1 F/} is here."));
    }

    @Test
    void aWordIsReadAsItIsSpelledOtherwise() {
        assertEquals(phones("The sequel server is here."), phones("The {SQL|sequel} server is here."));
    }

    @Test
    void aMarkedWordAloneIsSaid() {
        List<Sentence> sentences = said("{♥|/L AH1 V L AH1 V/}", Lexicon.EMPTY);
        assertTrue(sentences.getFirst().phones().containsAll(List.of("L", "AH1", "V")));
        assertTrue(sentences.getFirst().text().contains("♥"));
    }

    @Test
    void aMarkInsideAReadingEndsNoSentence() {
        assertEquals(1, said("We saw the {U.S. Army. Band.|army band} play all the evening.", Lexicon.EMPTY).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/JH XX/", "/ /", "//", "ni3 hao3", "..."})
    void whatCannotBeReadIsRefusedBeforeAnythingIsSaid(String reading) {
        InvalidInput refused = assertThrows(InvalidInput.class,
                () -> TEXT.sentences("The word {this|" + reading + "} is odd.", LanguageMode.EN, SymbolTable.V2, Lexicon.EMPTY));
        assertEquals("bad_reading", refused.code());
        assertTrue(refused.getMessage().contains("this"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "}", "{}", "{|}", "{a|}", "{|a}", "{a|b", "{pause}", "{pause x}", "{pause -1s}", "{pause 1h}"})
    void otherBracesAreText(String braces) {
        Sentence plain = said("Here it is, and here it ends.", Lexicon.EMPTY).getFirst();
        Sentence braced = said("Here it is " + braces + ", and here it ends.", Lexicon.EMPTY).getFirst();
        assertEquals(plain.phones().getFirst(), braced.phones().getFirst());
        assertFalse(braced.segments().stream().anyMatch(Segment::marked));
    }

    @Test
    void aPauseDividesAndLastsAsLongAsItSays() {
        List<Sentence> sentences = said("{pause 1s}One thing is said {pause 250ms} and another one {pause 1.5s}{pause 500ms} and the last.", Lexicon.EMPTY);
        assertEquals(List.of(Optional.of(Duration.ofSeconds(1)), Optional.of(Duration.ofMillis(250)), Optional.of(Duration.ofSeconds(2))),
                sentences.stream().map(Sentence::pauseBefore).toList());
    }

    @Test
    void onlyTheFirstSentenceBehindAPauseHasIt() {
        List<Sentence> sentences = said("{pause 1s}The first sentence is here. The second sentence follows.", Lexicon.EMPTY);
        assertEquals(2, sentences.size());
        assertEquals(Optional.empty(), sentences.get(1).pauseBefore());
    }

    @Test
    void aPauseHasABound() {
        assertEquals("pause_too_long", assertThrows(InvalidInput.class, () -> said("a {pause 11s} b", Lexicon.EMPTY)).code());
    }

    @Test
    void wordsOfTheLexiconAreReadItsWay() {
        Lexicon lexicon = Lexicon.read(List.of("# ours", "", "en\tgif\t/JH IH1 F/", "en\tNoSQL\tno sequel"));
        assertEquals(phones("The {GIF|/JH IH1 F/} is here."), phones("The GIF is here.", lexicon));
        assertEquals(phones("The gifted one is here.", Lexicon.EMPTY), phones("The gifted one is here.", lexicon));
        assertEquals(phones("Here is nosql for you.", Lexicon.EMPTY), phones("Here is nosql for you.", lexicon));
        assertEquals(phones("Here is {x|no sequel} for you."), phones("Here is NoSQL for you.", lexicon));
    }

    @Test
    void whatTheWriterMarksGoesBeforeTheLexicon() {
        Lexicon lexicon = Lexicon.read(List.of("en\tgif\t/JH IH1 F/"));
        assertEquals(phones("The {GIF|/G IH1 F/} is here."), phones("The {GIF|/G IH1 F/} is here.", lexicon));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gif", "en\tgif", "en\t\tx", "xx\tgif\tjif", "en\tgif\tjif\tmore"})
    void aBadLineOfTheLexiconIsNamed(String line) {
        InvalidInput refused = assertThrows(InvalidInput.class, () -> Lexicon.read(List.of("# fine", line)));
        assertEquals("bad_lexicon", refused.code());
        assertTrue(refused.getMessage().contains("Line 2"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/JH XX/", "ni3 hao3", "..."})
    void aBadReadingOfTheLexiconIsFoundBeforeAnybodyUsesIt(String reading) {
        Lexicon lexicon = Lexicon.read(List.of("en\tgif\t/JH IH1 F/", "", "en\tthis\t" + reading));
        Failed failed = assertThrows(Failed.class, () -> TEXT.check(lexicon, SymbolTable.V2));
        assertEquals("bad_lexicon", failed.code());
        assertTrue(failed.getMessage().startsWith("Line 3 of the lexicon"), failed.getMessage());
    }

    @Test
    void whatIsFoundOnlyWhenItIsUsedIsNotTheCallersFault() {
        Lexicon lexicon = Lexicon.read(List.of("en\thello\t你好"));
        TEXT.check(lexicon, SymbolTable.V2);
        Failed failed = assertThrows(Failed.class, () -> said("I say hello to you.", lexicon));
        assertTrue(failed.getMessage().startsWith("Line 1 of the lexicon"), failed.getMessage());
    }

    @Test
    void aMarkedWordIsAsLongAsItIsWritten() {
        String word = "Reservations";
        assertEquals(phones(word + ", they said to us all."), phones("{" + word + "|" + word + "}, they said to us all."));
        String sentences = word + ". " + word + " " + word + " are here.";
        assertEquals(said(sentences, Lexicon.EMPTY).size(), said(sentences.replace(word, "{" + word + "|" + word + "}"), Lexicon.EMPTY).size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void aLongSentenceOfMarkedWordsIsCut(int times) {
        String words = "consideration ".repeat(30 * times).strip() + ".";
        assertTrue(said(words, Lexicon.EMPTY).size() > 1);
        assertEquals(said(words, Lexicon.EMPTY).size(), said(words.replace("consideration", "{consideration|consideration}"), Lexicon.EMPTY).size());
    }

    @Property
    void anyTextIsSaidOrRefused(@ForAll @StringLength(max = 60) @Chars({'{', '}', '|', '/', ' ', '.', '\ue000', '\ue001', '\uf8ff', '1', 's'})
            @CharRange(from = 'a', to = 'e') String text) {
        try {
            said(text, Lexicon.read(List.of("en\tab\tcab", "en\tde\t/D/")));
        } catch (InvalidInput refused) {
            assertFalse(refused.getMessage().isBlank());
        }
    }
}
