package io.utter.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.utter.error.UtterException.InvalidInput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for all languages, and for marks in them. */
class EveryLanguageTest {
    private static final TextFrontEnd TEXT = EveryLanguage.text();

    private static List<String> phones(String text, LanguageMode mode) {
        return TEXT.sentences(text, mode, SymbolTable.V2, Lexicon.EMPTY).next().phones();
    }

    @ParameterizedTest
    @EnumSource(names = {"KO", "ALL_KO", "YUE", "ALL_YUE"})
    void voicesOfV1DoNotSpeakWhatTheyHaveNoPhonesFor(LanguageMode mode) {
        assertEquals("unsupported_language", assertThrows(InvalidInput.class,
                () -> TEXT.sentences("안녕하세요 你好", mode, SymbolTable.V1, Lexicon.EMPTY)).code());
    }

    @ParameterizedTest
    @EnumSource(names = {"EN", "ZH", "ALL_ZH", "JA", "ALL_JA", "AUTO"})
    void theySpeakTheOthers(LanguageMode mode) {
        assertFalse(TEXT.sentences("hello 你好 world", mode, SymbolTable.V1, Lexicon.EMPTY).next().phones().isEmpty());
    }

    @Test
    void aReadingInPinyinIsSaidAsWritten() {
        assertEquals(List.of("w", "o3", "z", "ai4", "ch", "ong2", "q", "ing4", "d", "eng3", "r", "en2", "."),
                phones("我在{重庆|chong2 qing4}等人。", LanguageMode.ZH));
        assertEquals(List.of("zh", "ong4"), phones("{重|zhong4}庆人有多少？", LanguageMode.ZH).subList(0, 2));
    }

    @Test
    void syllablesAreJyutpingInCantonese() {
        assertEquals(List.of("Yh", "Yong4"), phones("{行|hong4}有幾多人？", LanguageMode.YUE).subList(0, 2));
        assertEquals(List.of("h", "ong4"), phones("{行|hong4}有多少人？", LanguageMode.ALL_ZH).subList(0, 2));
    }

    @Test
    void aMarkedWordAddsNoPauseBeforeIt() {
        assertFalse(phones("나는 {학교|학꾜}에 갑니다.", LanguageMode.KO).subList(0, 8).contains("."));
        assertEquals(List.of(), phones("I {do|/D UW1/} like it here.", LanguageMode.EN).stream().filter(","::equals).toList());
    }
}
