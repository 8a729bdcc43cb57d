package io.utter.text.mecab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Words by the cheapest path, in dictionaries of a few words. */
class MecabTest {
    private static final int NOUN = 2;
    private static final int VERB = 3;
    private static final int KINDS = 4;

    private static TinyDictionary dictionary() {
        return new TinyDictionary(KINDS);
    }

    /** The words with their kinds. */
    private static String words(Mecab mecab, String text) {
        return mecab.analyze(text).stream().map(word -> word.surface() + "/" + word.kind()).collect(Collectors.joining(" "));
    }

    @Test
    void theCheapestWordsAreTaken() {
        assertEquals("甲乙/2", words(dictionary().word("甲", NOUN, 10).word("乙", NOUN, 10).word("甲乙", NOUN, 19).open(), "甲乙"));
        assertEquals("甲/2 乙/2", words(dictionary().word("甲", NOUN, 10).word("乙", NOUN, 10).word("甲乙", NOUN, 21).open(), "甲乙"));
    }

    @Test
    void whatStandsBesideAWordDecidesWhatItIs() {
        TinyDictionary dictionary = dictionary().word("甲", NOUN, 0).word("乙", NOUN, 0).word("乙", VERB, 5).connection(NOUN, NOUN, 6);
        assertEquals("甲/2 乙/3", words(dictionary.open(), "甲乙"));
        assertEquals("乙/2", words(dictionary.open(), "乙"));
    }

    @Test
    void theEndsOfATextAreNeighboursToo() {
        TinyDictionary dictionary = dictionary().word("乙", NOUN, 0).word("乙", VERB, 5);
        assertEquals("乙/3", words(dictionary.connection(TinyDictionary.BOUNDARY, NOUN, 6).open(), "乙"));
        assertEquals("乙/2", words(dictionary.connection(VERB, TinyDictionary.BOUNDARY, 6).open(), "乙"));
    }

    @Test
    void ofEqualReadingsTheFirstIsTaken() {
        assertEquals("甲/3", words(dictionary().word("甲", VERB, 5).word("甲", NOUN, 5).open(), "甲"));
    }

    @Test
    void usersWordsStandBesideTheSystems() {
        TinyDictionary users = dictionary().word("甲乙", VERB, 1);
        assertEquals("甲乙/3", words(dictionary().word("甲", NOUN, 5).word("乙", NOUN, 5).open(users), "甲乙"));
    }

    @Test
    void theDictionarysFeaturesComeAlong() {
        TinyDictionary dictionary = dictionary();
        for (char c = '甲'; c < '甲' + 40; c++) { // more than one block of words
            dictionary.word(String.valueOf(c), NOUN, c - '甲').word(String.valueOf(c), VERB, c - '甲' + 1);
        }
        List<Morpheme> words = dictionary.open().analyze("甲" + (char) ('甲' + 39));
        assertArrayEquals(new byte[] {1, 0}, words.getFirst().features());
        assertArrayEquals(new byte[] {1, 39}, words.getLast().features());
        assertTrue(words.getFirst().known());
    }

    @Test
    void aRunOfUnknownCharactersIsAWord() {
        List<Morpheme> words = dictionary().word("甲", NOUN, 1).open().analyze("甲abcdef甲");
        assertEquals(List.of("甲", "abcdef", "甲"), words.stream().map(Morpheme::surface).toList());
        assertFalse(words.get(1).known());
    }

    @Test
    void aRunThatIsTooLongIsSeveralWords() {
        Mecab mecab = dictionary().open();
        assertEquals("a".repeat(25) + "/1", words(mecab, "a".repeat(25)));
        List<Morpheme> words = mecab.analyze("a".repeat(100));
        assertEquals(List.of(), words.stream().map(Morpheme::surface).filter(word -> word.length() > 25).toList());
        assertEquals(100, words.stream().mapToInt(word -> word.surface().length()).sum());
    }

    @Test
    void unknownWordsCompeteOnlyWhereTheirClassSaysSo() {
        int cheaperThanUnknown = TinyDictionary.UNKNOWN_COST / 2;
        TinyDictionary dictionary = dictionary().word("a", NOUN, cheaperThanUnknown).word("b", NOUN, cheaperThanUnknown + 1)
                .word("1", NOUN, cheaperThanUnknown).word("2", NOUN, cheaperThanUnknown + 1);
        assertEquals("a/2 b/2", words(dictionary.open(), "ab")); // dearer than one unknown word, which is not tried
        assertEquals("12/1", words(dictionary.open(), "12"));
    }

    @Test
    void spacesBelongToNoWord() {
        Mecab mecab = dictionary().word("甲", NOUN, 1).word("乙", NOUN, 1).open();
        assertEquals("甲/2 乙/2", words(mecab, "  甲   乙  "));
        assertEquals("", words(mecab, "   "));
        assertEquals("", words(mecab, ""));
    }

    @Test
    void aWordMayCostMoreBehindASpace() {
        TinyDictionary dictionary = dictionary().word("甲", NOUN, 1).word("乙", NOUN, 1).word("乙", VERB, 3).behindSpace(NOUN, 5);
        assertEquals("甲/2 乙/2", words(dictionary.open(), "甲乙"));
        assertEquals("甲/2 乙/3", words(dictionary.open(), "甲 乙"));
    }

    @Test
    void aCharacterBeyondTheBasicPlaneStaysWhole() {
        assertEquals("𠮷/1 甲/2", words(dictionary().word("甲", NOUN, 1).open(), "𠮷甲"));
    }

    /** What the lattice does, by trying every path. */
    @Property(tries = 200)
    void noOtherPathIsCheaper(@ForAll @StringLength(min = 1, max = 7) @Chars({'甲', '乙'}) String text, @ForAll @Size(28) List<Byte> costs) {
        TinyDictionary dictionary = dictionary();
        int next = 0;
        for (String word : List.of("甲", "乙", "甲乙", "乙甲", "甲甲乙", "乙乙")) {
            dictionary.word(word, NOUN, costs.get(next++)).word(word, VERB, costs.get(next++));
        }
        for (int before = 0; before < KINDS; before++) {
            for (int after = 0; after < KINDS; after++) {
                dictionary.connection(before, after, costs.get(next++));
            }
        }
        List<Morpheme> found = dictionary.open().analyze(text);
        assertEquals(text, found.stream().map(Morpheme::surface).collect(Collectors.joining()));
        int cost = 0;
        int before = TinyDictionary.BOUNDARY;
        for (Morpheme word : found) {
            cost += dictionary.connection(before, word.kind()) + cost(dictionary, word);
            before = word.kind();
        }
        assertEquals(cheapest(dictionary, text, TinyDictionary.BOUNDARY), cost + dictionary.connection(before, TinyDictionary.BOUNDARY));
    }

    private static int cost(TinyDictionary dictionary, Morpheme word) {
        return dictionary.tokens().stream().filter(token -> token.surface().equals(word.surface()) && token.kind() == word.kind())
                .mapToInt(TinyDictionary.Token::cost).findFirst().orElseThrow();
    }

    private static int cheapest(TinyDictionary dictionary, String text, int before) {
        if (text.isEmpty()) {
            return dictionary.connection(before, TinyDictionary.BOUNDARY);
        }
        return dictionary.tokens().stream().filter(token -> text.startsWith(token.surface()))
                .mapToInt(token -> dictionary.connection(before, token.kind()) + token.cost()
                        + cheapest(dictionary, text.substring(token.surface().length()), token.kind()))
                .min().orElseThrow();
    }
}
