package io.utter.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceCutTest {
    /** The bound the class promises, with two short neighbours at most. */
    private static final double LONGEST_PIECE = 110 + 2 * 10;
    private static final SpokenLength LENGTHS = new SpokenLength(UnaryOperator.identity());

    @Test
    void cutsAtTheEndsOfSentences() {
        assertEquals(
                List.of("The train leaves at noon.", "Will you be on time?", "Hurry up, everyone!", "We waited… Nobody came back."),
                english("The train leaves at noon. Will you be on time? Hurry up, everyone! We waited… Nobody came back."));
    }

    @Test
    void cutsAtLineBreaksAndEndsEveryLineWithAMark() {
        assertEquals(
                List.of("Chapter one of the story.", "It was a dark night,", "and the wind was loud."),
                english("Chapter one of the story\n\r\n It was a dark night,\nand the wind was loud"));
    }

    @Test
    void keepsQuotesAndBracketsWithTheirSentence() {
        assertEquals(
                List.of("“Where have you been?”.", "(Nobody had asked him.).", "He told us anyway."),
                english("“Where have you been?” (Nobody had asked him.) He told us anyway."));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Yesterday Dr. Smith met Mr. Jones and Mrs. Brown.",
        "We visited St. Paul and Mt. Everest last year.",
        "It weighs 3.14 kilograms, or 1.000.000 milligrams.",
        "Bring tools, e.g. a hammer, i.e. something heavy.",
        "The letter was signed J. R. R. Tolkien in ink.",
        "She moved to the U.S. Army base in the spring.",
        "See No. 5 and Fig. 3 of the manual for details.",
        "We sell apples, pears, etc. in the market hall.",
        "Send it to www.example.com or info@example.org today.",
        "I thought... maybe not, and then … well, I left.",
        "“Stop that at once!” he shouted at the machine.",
        "The meeting is at 5 p.m. on Friday afternoon."
    })
    void neverCutsInsideNumbersAbbreviationsInitialsAndTheLike(String sentence) {
        assertEquals(List.of(sentence), english(sentence));
    }

    @Test
    void keepsTheNumberOfAListWithItsEntry() {
        assertEquals(
                List.of(". 1. Open the box and take everything out.", "2. Read the manual."),
                english("1. Open the box and take everything out.\n2. Read the manual."));
    }

    @Test
    void aTimeOfDayMayEndASentence() {
        assertEquals(
                List.of("The meeting starts at 5 p.m.", "Tomorrow we leave early."),
                english("The meeting starts at 5 p.m. Tomorrow we leave early."));
    }

    @Test
    void putsVeryShortSentencesInOneBreathWithTheirNeighbour() {
        assertEquals(List.of("Maybe, No, I would rather not say that."), english("Maybe. No. I would rather not say that."));
        assertEquals(List.of("I would rather not say that, No."), english("I would rather not say that. No."));
    }

    @Test
    void marksThatStandAloneBelongToTheWordBeforeThem() {
        assertEquals(List.of("The bill is clean, but the file is black."), english("The bill is clean , but the file is black ."));
        assertEquals(List.of("It costs .5 dollars or so, I was told."), english("It costs .5 dollars or so, I was told."));
    }

    @Test
    void putsAFullStopBeforeAVeryShortOpening() {
        assertEquals(List.of(". Hi, how are you doing today?"), english("Hi, how are you doing today?"));
    }

    @Test
    void dividesLongSentencesAtClauseMarks() {
        String clause = "this clause is about as long as a clause may well be, ";
        List<String> pieces = english(clause.repeat(7));
        assertTrue(pieces.size() > 2, pieces::toString);
        assertTrue(pieces.stream().allMatch(piece -> piece.endsWith("be,")), pieces::toString);
    }

    @Test
    void dividesTextWithoutMarksBetweenWords() {
        List<String> pieces = english("somebody who never stops for breath ".repeat(40));
        assertTrue(pieces.size() > 5, pieces::toString);
        assertTrue(pieces.stream().allMatch(piece -> LENGTHS.of(piece) <= LONGEST_PIECE), pieces::toString);
        assertEquals(40 * 6, pieces.stream().mapToInt(piece -> piece.split(" ").length).sum());
    }

    @Test
    void dividesASingleEndlessWord() {
        List<String> pieces = english("a".repeat(5_000));
        assertTrue(pieces.stream().allMatch(piece -> LENGTHS.of(piece) <= LONGEST_PIECE));
        assertEquals(5_000, pieces.stream().mapToInt(piece -> words(piece).length()).sum());
    }

    @Test
    void cutsChineseWithoutSpaces() {
        assertEquals(
                List.of("今天天气真好。", "我们一起去公园吧！", "你觉得怎么样呢？"),
                pieces("今天天气真好。我们一起去公园吧！你觉得怎么样呢？", Language.MANDARIN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t ", "...", "?!", "—", "😀 😀"})
    void aTextWithoutWordsHasNoPieces(String text) {
        assertFalse(new SentenceCut().pieces(text, Language.ENGLISH).hasNext());
    }

    @Test
    void takesTimeInProportionToTheText() {
        List<String> nasty = List.of(". ", "a.", "1.", "\" ", "a ", "… x", "e.g. ", "Yes. ", "\n", "，");
        for (String unit : nasty) {
            assertTimeout(Duration.ofSeconds(5), () -> english("Go" + unit.repeat(200_000 / unit.length())));
        }
    }

    @Property
    void noWordIsLostOrSaidTwice(@ForAll("texts") String text, @ForAll Language language) {
        assertEquals(words(text), pieces(text, language).stream().map(SentenceCutTest::words).collect(Collectors.joining()));
    }

    @Property
    void everyPieceIsBoundedAndEndsInAMark(@ForAll("texts") String text, @ForAll Language language) {
        for (String piece : pieces(text, language)) {
            assertTrue(LENGTHS.of(piece) <= LONGEST_PIECE + 1, piece);
            assertTrue(Marks.isEnding(piece.codePointBefore(piece.length())), piece);
            assertTrue(Characters.hasWord(piece), piece);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> anything = Arbitraries.strings().ofMaxLength(300);
        Arbitrary<String> prose = Arbitraries.of(
                        "a", "Dr", "word", "Zürich", "U", "3", "2024", "你好", "です", "한국", ".", ",", "!", "?", "…", "。", "，", "-", "—", " ",
                        " ", " ", "\n", "\"", "”", "(", ")", "e.g.", "p.m.", "$", "%", "\t")
                .list().ofMaxSize(400).map(tokens -> String.join("", tokens));
        return Arbitraries.oneOf(anything, prose);
    }

    private static String words(String text) {
        return text.codePoints().filter(Characters::isWord).collect(
                StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static List<String> english(String text) {
        return pieces(text, Language.ENGLISH);
    }

    private static List<String> pieces(String text, Language language) {
        List<String> pieces = new ArrayList<>();
        Iterator<String> iterator = new SentenceCut().pieces(text, language);
        iterator.forEachRemaining(pieces::add);
        return pieces;
    }
}
