package io.utter.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.error.UtterException.Failed;
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

    @ParameterizedTest
    @EnumSource(names = {"KO", "ALL_KO", "AUTO"})
    void spacesBesideAMarkedWordAreSaidInKorean(LanguageMode mode) {
        List<String> plain = phones("나는 우유 마신다.", mode);
        assertEquals(2, plain.stream().filter("空"::equals).count());
        assertEquals(plain, phones("나는 {우유|우유} 마신다.", mode));
        assertEquals(plain, phones("{나는|나는} {우유|우유} 마신다.", mode));
        assertEquals(plain, phones("{나는|/ㄴ ㅏ ㄴ ㅡ ㄴ/} {우유|우유} {마신다|마신다}.", mode));
        assertEquals(phones("나는, 우유 마신다.", mode), phones("{나는|나는}, {우유|우유} 마신다.", mode));
        assertEquals(plain.stream().filter(phone -> !phone.equals("空")).toList(), phones("나는{우유|우유}마신다.", mode));
    }

    @Test
    void theyAreNotSaidInOtherLanguages() {
        assertEquals(phones("我在{重庆|chong2 qing4}等人。", LanguageMode.ZH), phones("我在 {重庆|chong2 qing4} 等人。", LanguageMode.ZH));
        assertEquals(phones("I like it here.", LanguageMode.EN), phones("I {like|/L AY1 K/} it here.", LanguageMode.EN));
    }

    @Test
    void syllablesOfTheLexiconAreCheckedInTheirLanguage() {
        TEXT.check(Lexicon.read(List.of("zh\t重庆\tchong2 qing4", "yue\t行\thong4", "ja\t今日\tきょう", "ko\t학교\t학꾜")), SymbolTable.V2);
        assertRefused("zh\t重庆\tchong2 qong4", SymbolTable.V2);
        assertRefused("yue\t行\thong9", SymbolTable.V2);
        assertRefused("en\tni\tni3", SymbolTable.V2);
        assertRefused("yue\t行\thong4", SymbolTable.V1);
        assertRefused("zh\t行\t…", SymbolTable.V2);
    }

    private static void assertRefused(String line, SymbolTable symbols) {
        Failed failed = assertThrows(Failed.class, () -> TEXT.check(Lexicon.read(List.of("# ours", line)), symbols));
        assertEquals("bad_lexicon", failed.code());
        assertTrue(failed.getMessage().startsWith("Line 2 "), failed.getMessage());
    }

    @Test
    void aMarkedWordAddsNoPauseBeforeIt() {
        assertFalse(phones("나는 {학교|학꾜}에 갑니다.", LanguageMode.KO).subList(0, 8).contains("."));
        assertEquals(List.of(), phones("I {do|/D UW1/} like it here.", LanguageMode.EN).stream().filter(","::equals).toList());
    }
}
