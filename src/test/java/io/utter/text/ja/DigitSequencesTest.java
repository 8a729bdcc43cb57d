package io.utter.text.ja;

import static io.utter.text.ja.Utterances.counter;
import static io.utter.text.ja.Utterances.digit;
import static io.utter.text.ja.Utterances.noun;
import static io.utter.text.ja.Utterances.point;
import static io.utter.text.ja.Utterances.sounds;
import static io.utter.text.ja.Utterances.surfaces;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Digits in a row. */
class DigitSequencesTest {
    private static final DigitSequences SEQUENCES = new DigitSequences(new Rules());

    private static Utterance read(String digits, Word before, Word after) {
        Utterance words = new Utterance();
        if (before != null) {
            words.add(before);
        }
        digits.chars().forEach(c -> words.add(c == '・' ? point() : digit((char) c)));
        if (after != null) {
            words.add(after);
        }
        SEQUENCES.read(words);
        return words;
    }

    @ParameterizedTest
    @CsvSource({
        "五, 五", "一〇, 十", "一五, 十 五", "二五, 二 十 五", "一〇〇, 百", "三〇五, 三 百 五", "一二三四, 千 二 百 三 十 四", "一〇〇〇〇, 一 万",
        "二〇〇三〇, 二 万 三 十", "一〇〇〇〇〇〇〇〇, 一 億", "一二〇〇〇〇, 十 二 万"
    })
    void aNumberHasItsPlacesPutIn(String digits, String words) {
        assertEquals(words, surfaces(read(digits, null, null)));
    }

    @Test
    void whatStartsWithZeroIsReadDigitByDigit() {
        Utterance words = read("〇二五", null, null);
        assertEquals("〇 二 五", surfaces(words));
        assertEquals("ゼロ ニー ゴー", sounds(words));
    }

    @Test
    void digitsAreSaidInPairs() {
        Utterance words = read("〇三一二", null, null);
        List<Word> each = List.of(words.first(), words.first().after, words.last().before, words.last());
        assertEquals(List.of(Word.Chain.APART, Word.Chain.JOINED, Word.Chain.APART, Word.Chain.JOINED),
                each.stream().map(word -> word.chain).toList());
        assertEquals(List.of(3, 3), List.of(each.get(0).accent(), each.get(2).accent()));
    }

    @Test
    void theWordForNumberAsksForSingleDigits() {
        assertEquals("番号 一 二", surfaces(read("一二", noun("番号"), null)));
        assertEquals("部屋 十 二", surfaces(read("一二", noun("部屋"), null)));
    }

    @Test
    void aCounterOutweighsTheWordForNumber() {
        assertEquals("番号 十 二 本", surfaces(read("一二", noun("番号"), counter("本", "ホン"))));
    }

    @Test
    void digitsBehindAPointAreReadOneByOne() {
        assertEquals("十 二 ・ 三 四", surfaces(read("一二・三四", null, null)));
    }

    @Test
    void aNumberBeyondAllNamesIsReadDigitByDigit() {
        String digits = "一".repeat(100);
        assertEquals(digits, surfaces(read(digits, null, null)).replace(" ", ""));
    }

    @Test
    void otherWordsStay() {
        assertEquals("橋 川", surfaces(read("", noun("橋"), noun("川"))));
    }
}
