package io.utter.text.ja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Japanese as it is shipped, from text to phones. */
class JapaneseFrontEndTest {
    private static final int LONG = 100_000;

    private static final JapaneseFrontEnd JAPANESE = new JapaneseFrontEnd();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "橋|h a [ sh i",
        "箸|h a ] sh i",
        "ﾊｼ|h a ] sh i",
        "行こう|i [ k o o",
        "一本|i [ cl ] p o N",
        "三本|s a [ N ] b o N",
        "六人|r o [ k u ] n i N",
        "二十日|h a [ ts u k a",
        "一つ|h i [ t o ] ts u",
        "電話は090|d e [ N w a w a # z e [ r o ky u ] u # z e ] r o",
        "％|p a [ a s e ] N t o",
        "ｇｏｏｇｌｅ|g u ] u g u r u"
    })
    void readsWordsAndNumbers(String text, String phones) {
        assertEquals(phones, said(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {"はい、はい。|h a ] i , h a ] i .", "え？！|e ? !", "え?!|e ?", "え：え|e , e", "え え|e e", "え〇|e 〇"})
    void keepsMarksButForSpaces(String text, String phones) {
        assertEquals(phones, said(text));
    }

    @Test
    void readsEveryDigitOfANumberThatIsTooLarge() {
        assertFalse(said("9".repeat(100)).contains("UNK"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ア", "あ", "漢", "1", "1・", "ー", "々", "a", "、", "\ud83d", "👍", "今日は良い天気です", "二十四日", "ゎ"})
    void takesTimeInProportionToTheText(String unit) {
        assertTimeout(Duration.ofSeconds(10), () -> JAPANESE.pronounce(unit.repeat(LONG / unit.length())));
    }

    @Property(tries = 500)
    void pronouncesAnyText(@ForAll("texts") String text) {
        assertTimeout(Duration.ofSeconds(5), () -> JAPANESE.pronounce(text));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> anything = Arbitraries.strings().ofMaxLength(200);
        Arbitrary<String> kana = Arbitraries.strings().withCharRange('\u3040', '\u30ff').ofMaxLength(200);
        Arbitrary<String> kanji = Arbitraries.strings().withCharRange('\u4e00', '\u9fff').ofMaxLength(200);
        Arbitrary<String> numbers = Arbitraries.of(
                        "0", "1", "23", "一", "二", "十", "百", "千", "万", "億", "・", "日", "日間", "人", "本", "月", "番号", "第", "つ", "々", "ー", "っ",
                        "ゃ", "ァ", "ｶ", "ﾞ", "％", "、", "?", " ", "\n", "\u0663", "ａ", "z", "\ud800")
                .list().ofMaxSize(60).map(tokens -> String.join("", tokens));
        return Arbitraries.oneOf(anything, kana, kanji, numbers);
    }

    private static String said(String text) {
        return String.join(" ", JAPANESE.pronounce(text).phones());
    }
}
