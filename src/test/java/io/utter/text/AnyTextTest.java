package io.utter.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.error.UtterException.InvalidInput;
import io.utter.text.mixed.LanguageSegmenter;
import io.utter.text.mixed.ScriptIdentifier;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No text is too odd for any language: never an exception, never without end. */
class AnyTextTest {
    private static final int LONGEST = 100_000;
    private static final int LONG = 20_000;
    private static final TextFrontEnd WITH_MODEL = EveryLanguage.text();
    private static final TextFrontEnd BY_SCRIPT = EveryLanguage.text(new LanguageSegmenter(new ScriptIdentifier()));

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> anything = Arbitraries.integers().between(0, Character.MAX_CODE_POINT).map(Character::toString);
        Arbitrary<String> halves = Arbitraries.of("\ud800", "\udc00", "\u0000", "\u200f", "\u0301", "😀", "\r", "\u2028", "\ufeff");
        Arbitrary<String> words = Arbitraries.of("重庆", "一", "不", "儿", "了", "たべる", "カ", "ー", "々", "一本", "3시", "값이", "ㄱ", "한국어", "hello", "A", "'s",
                "2024年3月15日", "3.14", "-5℃", "1/2", "10:30", "￥", "^", "，", "。", "!", "...", " ", "\n", "0");
        return Arbitraries.oneOf(words, words, words, anything, halves).list().ofMaxSize(25).map(parts -> String.join("", parts));
    }

    @Property(tries = 500)
    void everyTextHasPhonesThatTheVoiceKnows(@ForAll("texts") String text, @ForAll LanguageMode mode) {
        for (TextFrontEnd frontEnd : List.of(WITH_MODEL, BY_SCRIPT)) {
            Sentence sentence = frontEnd.sentence(text, mode, SymbolTable.V2);
            assertEquals(sentence.phones().size(), sentence.phoneIds().length);
            assertTrue(sentence.phones().stream().allMatch(SymbolTable.V2::contains));
        }
    }

    /** Markup is read by {@code sentences}, which refuses texts, but fails at none. */
    @Property(tries = 300)
    void everyMarkedTextIsSaidOrRefused(@ForAll("texts") String before, @ForAll("texts") String behind, @ForAll LanguageMode mode) {
        Lexicon lexicon = Lexicon.read(List.of("zh\t重庆\tchong2 qing4", "en\thello\t/HH AH0 L OW1/", "ja\tたべる\tのむ"));
        try {
            WITH_MODEL.sentences(before + "{x|/a/}" + behind + " {한국어|일본어} ", mode, SymbolTable.V2, lexicon).forEachRemaining(sentence -> {
                assertTrue(sentence.phones().stream().allMatch(SymbolTable.V2::contains));
                sentence.segments().stream().filter(segment -> !segment.words().isEmpty()).forEach(segment ->
                        assertEquals(segment.phones(), segment.phonesOfWords().stream().flatMap(List::stream).toList()));
            });
        } catch (InvalidInput refused) {
            assertEquals("bad_reading", refused.code()); // of 일본어, where the mode has no Korean
        }
    }

    static Stream<String> patterns() {
        return Stream.of("啊", "一", "3", "3.", "，", "あ", "カ、", "漢", "가", "값이 ", "ㅋ", "A ", "\ud800", "😀", " ", "\u0301", "5℃", "1/", "中a",
                "あ1漢", "qx");
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void aVeryLongTextTakesItsTimeAndNoMore(String pattern) {
        says(pattern.repeat(LONGEST / pattern.length()), LanguageMode.AUTO);
        for (LanguageMode mode : List.of(LanguageMode.ALL_JA, LanguageMode.ALL_KO, LanguageMode.ALL_YUE, LanguageMode.ZH)) {
            says(pattern.repeat(LONG / pattern.length()), mode);
        }
    }

    private static void says(String text, LanguageMode mode) {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> WITH_MODEL.sentence(text, mode, SymbolTable.V2), mode::code);
    }
}
