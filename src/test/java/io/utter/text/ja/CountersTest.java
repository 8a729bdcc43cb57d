package io.utter.text.ja;

import static io.utter.text.ja.Utterances.counter;
import static io.utter.text.ja.Utterances.digit;
import static io.utter.text.ja.Utterances.noun;
import static io.utter.text.ja.Utterances.place;
import static io.utter.text.ja.Utterances.point;
import static io.utter.text.ja.Utterances.sounds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers and what they count. */
class CountersTest {
    private static final Counters COUNTERS = new Counters(new Rules());

    private static String said(Word... words) {
        Utterance utterance = Utterances.of(words);
        COUNTERS.read(utterance);
        return sounds(utterance);
    }

    @ParameterizedTest
    @CsvSource({
        "一, 本, ホン, イッ ポン", "二, 本, ホン, ニ ホン", "三, 本, ホン, サン ボン", "六, 本, ホン, ロッ ポン", "八, 分, フン, ハッ プン", "四, 時, ジ, ヨ ジ", "九, 時, ジ, ク ジ",
        "七, 時, ジ, シチ ジ", "四, 年, ネン, ヨ ネン", "一, 頭, トー, イッ トー", "三, 軒, ケン, サン ゲン", "五, 枚, マイ, ゴ マイ"
    })
    void theyChangeEachOther(char number, String counter, String sounds, String said) {
        assertEquals(said, said(digit(number), counter(counter, sounds)));
    }

    @Test
    void aNumberAndItsCounterAreOneAccentPhrase() {
        Word number = digit('五');
        Word counter = counter("枚", "マイ");
        COUNTERS.read(Utterances.of(noun("紙"), number, counter));
        assertEquals(Word.Chain.APART, number.chain);
        assertEquals(Word.Chain.JOINED, counter.chain);
    }

    @ParameterizedTest
    @CsvSource({"三, 百, ヒャク, サン ビャク", "六, 百, ヒャク, ロッ ピャク", "八, 百, ヒャク, ハッ ピャク", "二, 百, ヒャク, ニ ヒャク", "三, 千, セン, サン ゼン", "八, 千, セン, ハッ セン",
        "一, 兆, チョー, イッ チョー"})
    void placesOfNumbersChangeToo(char number, String place, String sounds, String said) {
        assertEquals(said, said(digit(number), place(place, sounds)));
    }

    @ParameterizedTest
    @CsvSource({"一, 人, ニン, ヒトリ", "二, 人, ニン, フタリ", "三, 人, ニン, サン ニン", "四, 人, ニン, ヨ ニン", "二, 日, ニチ, フツカ", "三, 日間, ニチカン, ミッカカン"})
    void aFewAreWordsOfTheirOwn(char number, String counter, String sounds, String said) {
        assertEquals(said, said(digit(number), counter(counter, sounds)));
    }

    @Test
    void theFirstOfAMonthIsTsuitachi() {
        assertEquals("シ ガツ ツイタチ", said(digit('四'), counter("月", "ガツ"), digit('一'), counter("日", "ニチ")));
    }

    @Test
    void daysOfTwoDigitsAreWordsOfTheirOwn() {
        Word ten = place("十", "ジュー");
        assertEquals("ハツカ", said(digit('二'), place("十", "ジュー"), counter("日", "ニチ")));
        assertEquals("ジューヨッカ", said(ten, digit('四'), counter("日", "ニチ")));
        assertEquals("ニジュー ヨッカ", said(digit('二'), place("十", "ジュー"), digit('四'), counter("日", "ニチ")));
    }

    @Test
    void wordsThatCountNativelyAreCountedNatively() {
        Word counter = counter("組", "クミ");
        counter.countedNatively = true;
        assertEquals("ヒト クミ", said(digit('一'), counter));
        assertEquals("サン クミ", said(digit('三'), counter));
    }

    @Test
    void aPointIsTenAndMakesShortDigitsLong() {
        assertEquals("ニー テン ゴ", said(digit('二'), point(), digit('五')));
        assertEquals("レー テン イチ", said(digit('〇'), point(), digit('一')));
    }

    @Test
    void whatFollowsNoNumberStays() {
        assertEquals("紙 ホン", said(noun("紙"), counter("本", "ホン")));
        assertEquals("", said());
    }
}
