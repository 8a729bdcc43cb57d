package io.utter.text.ko;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The steps from Korean spelling to sounds, one by one. What is said is given as it would be spelled. */
class SoundsTest {
    private static final CodaTable CODAS = CodaTable.load();
    private static final WordMarks WORDS = WordMarks.load();

    @ParameterizedTest
    @CsvSource({"국물, 궁물", "신라, 실라", "독립, 동닙", "국밥, 국빱", "좋다, 조타", "놓고, 노코", "축하, 추카", "닫는, 단는"})
    void aCodaAndTheOnsetBehindItChangeEachOther(String written, String said) {
        assertEquals(Jamo.decompose(said), CODAS.apply(Jamo.decompose(written)));
    }

    @ParameterizedTest
    @CsvSource({"옷이, 오시", "밖에, 바께", "앉아, 안자", "읽어, 일거", "좋아, 조아"})
    void aCodaMovesOverToASilentOnset(String written, String said) {
        assertEquals(Jamo.decompose(said), CODAS.apply(Jamo.decompose(written)));
    }

    @ParameterizedTest
    @CsvSource({"옷, 옫", "밖, 박", "값, 갑", "앞, 압", "부엌, 부억", "'옷.', '옫.'"})
    void fewCodasAreSaidAtAnEnd(String written, String said) {
        assertEquals(Jamo.decompose(said), CODAS.apply(Jamo.decompose(written)));
    }

    @Test
    void soundsChangeAcrossASpaceWhichStays() {
        assertEquals(Jamo.decompose("밤 멍는다"), CODAS.apply(Jamo.decompose("밥 먹는다")));
    }

    @Test
    void aTableOfItsOwnSaysWhatMeetingsSound() {
        CodaTable table = new CodaTable(List.of("ᆨ\tᄂ\tᆼᄂ\tᆼ_ᄂ", "ᆨ\t.\tᆫ_", "ᆨ\tᄋ\tᄀ"));
        assertEquals("ᆼᄂ", table.apply("ᆨᄂ"));
        assertEquals("ᆼ ᄂ", table.apply("ᆨ ᄂ"));
        assertEquals("ᆫ!", table.apply("ᆨ!"));
        assertEquals("ᆫ", table.apply("ᆨ"));
        assertEquals("가", table.apply("ᆨ아"));
        assertEquals("ᆨᄃ", table.apply("ᆨᄃ"));
    }

    @ParameterizedTest
    @CsvSource({"같이, 가치", "굳이, 구지", "닫히다, 다치다", "져, 저", "희망, 히망", "밟고, 밥고", "넓죽, 넙죽"})
    void wordsAndVowelsHaveRulesOfTheirOwn(String written, String said) {
        assertEquals(Jamo.decompose(said), SoundChanges.apply(Jamo.decompose(written)));
    }

    @ParameterizedTest
    @CsvSource({"안/P고, 안꼬", "앉/P고, 안꼬", "굶/P지, 굼찌", "닮/P다, 담따", "할/E 것, 할 껏", "할수록, 할쑤록", "개/B, 개", "의/J, 의"})
    void marksOfWordsMakeOnsetsTenseAndGo(String marked, String said) {
        String sounds = SoundChanges.apply(Jamo.decompose(marked));
        assertFalse(sounds.contains("/"), sounds);
        assertEquals(Jamo.decompose(said), sounds);
    }

    @ParameterizedTest
    @CsvSource({
        "3개/B, 세개/B", "20살/B, 스무살/B", "21살/B, 스물한살/B", "12시/B, 열두시/B", "5분/B, 오분/B", "10000원/B, 만원/B", "'1,500원/B', 천오백원/B",
        "100000000원/B, 일억원/B", "0개/B, 영개/B", "010, 영일영", "3개, 삼개", "99마리/B, 아흔아홉마리/B"
    })
    void numbersAreReadAsWhatTheyCountAsks(String written, String said) {
        assertEquals(said, Numerals.spell(written));
    }

    @Test
    void aNumberBeyondAllNamesIsReadDigitByDigit() {
        assertEquals("일".repeat(17) + "원/B", Numerals.spell("1".repeat(17) + "원/B"));
    }

    @ParameterizedTest
    @CsvSource({"GPU, 지피유", "a1b, 에이1비", "\u212a, 케이", "가나, 가나", "ä, ä"})
    void latinLettersHaveNames(String written, String spelled) {
        assertEquals(spelled, LatinLetters.spell(written));
    }

    @Test
    void idiomsAreReplacedOneAfterTheOther() {
        assertEquals("d", new Idioms(List.of("ab\tc", "cx\td")).apply("abx"));
        assertEquals("cab", new Idioms(List.of("cx\td", "ab\tc", "x\tab")).apply("abx"));
        assertEquals("의견난을", Idioms.load().apply("의견란을"));
    }

    @Test
    void syllablesFallIntoTheirLetters() {
        String jamo = Jamo.decompose("한!");
        assertEquals("ㅎㅏㄴ!", jamo.codePoints().mapToObj(c -> String.valueOf(Jamo.letter((char) c))).reduce("", String::concat));
        assertTrue(Jamo.isOnset(jamo.charAt(0)) && Jamo.isVowel(jamo.charAt(1)) && Jamo.isCoda(jamo.charAt(2)));
        assertEquals("가힣".length() + 3, Jamo.decompose("가힣").length());
    }

    @ParameterizedTest
    @CsvSource({"와, ㅇㅗㅏ", "의, ㅇㅡㅣ", "예, ㅇㅣㅔ", "유, ㅇㅣㅜ", "뭐, ㅁㅜㅓ"})
    void glidingVowelsAreTwo(String written, String letters) {
        assertEquals(letters, Letters.of(Jamo.decompose(written)));
    }

    @Test
    void aBareVowelGetsTheSilentOnset() {
        assertEquals("ㅇㅏ", Letters.of("ᅡ"));
        assertEquals("ㄴㅇㅏ", Letters.of("ᆫᅡ"));
    }

    @ParameterizedTest
    @CsvSource({"ㅏ, ㅏ.", "ㅏ., ㅏ.", "ㅏ!, ㅏ!", "'', ''", "1, 1"})
    void aTextThatEndsInALetterGetsAFullStop(String letters, String finished) {
        assertEquals(finished, Letters.finished(letters));
    }

    @ParameterizedTest
    @CsvSource({"나의 책, 나의/J 책", "갈 것이다, 갈/E 것이다", "앉고 있다, 앉/P고 있다", "사과 세 개, 사과 세 개/B", "하늘, 하늘"})
    void wordsAreMarkedByTheirKind(String text, String marked) {
        assertEquals(marked, WORDS.apply(text));
    }

    @Test
    void nothingIsMarkedWhereThereIsOddWhiteSpace() {
        assertEquals("나의\t책", WORDS.apply("나의\t책"));
    }
}
