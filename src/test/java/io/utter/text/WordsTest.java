package io.utter.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which words a reading is made of. */
class WordsTest {
    private static final TextFrontEnd TEXT = EveryLanguage.text();

    @ParameterizedTest
    @ValueSource(strings = {"en.jsonl", "zh.jsonl", "ja.jsonl", "ko.jsonl", "yue.jsonl", "mixed.jsonl"})
    void wordsSayAllThatIsSaid(String file) throws IOException {
        List<Segment> segments = segments(file);
        assertFalse(segments.isEmpty());
        segments.forEach(segment ->
                assertEquals(segment.phones(), segment.phonesOfWords().stream().flatMap(List::stream).toList(), segment.text()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh.jsonl", "yue.jsonl"})
    void wordsOfChineseAreAllOfTheText(String file) throws IOException {
        for (Segment segment : segments(file)) {
            if (segment.language() == Language.MANDARIN || segment.language() == Language.CANTONESE) {
                assertEquals(segment.normalized(), String.join("", segment.words().stream().map(SpokenWord::text).toList()));
            }
        }
    }

    @Test
    void wordsAreAbsentWhereASpaceIsLost() {
        Segment segment = TEXT.sentence("싫 !나는", LanguageMode.ALL_KO, SymbolTable.V2).segments().getFirst();
        assertEquals(List.of(), segment.words());
        assertFalse(segment.phones().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '\t', quoteCharacter = '"', value = {
        "EN	I can't, Bob.	I=AY1 can't=K AE1 N T ,=, Bob=B AA1 B .=.",
        "ALL_ZH	我爱北京。	我[wo3]=w o3 爱[ai4]=AA ai4 北京[bei3 jing1]=b ei3 j ing1 .=.",
        "ALL_YUE	我去銀行。	我[ngo5]=Yng Yo5 去[heoi3]=Yh Yeoi3 银行[ngan4 hong4]=Yng Yan4 Yh Yong4 .=.",
        "ALL_JA	私は、行く。	私[ワタシ]=w a [ t a sh i は[ワ]=w a 、=, 行く[イク]=i [ k u 。=.",
        "ALL_KO	나는 간다.	나는=ㄴ ㅏ ㄴ ㅡ ㄴ  =空 간다.=ㄱ ㅏ ㄴ ㄷ ㅏ .",
    })
    void eachLanguageHasItsOwn(LanguageMode mode, String text, String words) {
        assertEquals(words, shown(TEXT.sentence(text, mode, SymbolTable.V2)));
    }

    @Test
    void aMarkedWordIsOne() {
        Sentence sentence = TEXT.sentences("我在{重庆|chong2 qing4}等人。", LanguageMode.ALL_ZH, SymbolTable.V2, Lexicon.EMPTY).next();
        assertTrue(shown(sentence).contains("重庆[chong2 qing4]=ch ong2 q ing4"), shown(sentence));
    }

    private static List<Segment> segments(String file) throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (JsonNode line : Golden.lines(file)) {
            LanguageMode mode = line.has("lang") ? LanguageMode.parse(line.get("lang").asText()) : LanguageMode.EN;
            segments.addAll(TEXT.sentence(line.get("text").asText(), mode, SymbolTable.V2).segments());
        }
        return segments;
    }

    private static String shown(Sentence sentence) {
        List<String> shown = new ArrayList<>();
        for (Segment segment : sentence.segments()) {
            for (int i = 0; i < segment.words().size(); i++) {
                SpokenWord word = segment.words().get(i);
                String reading = word.reading().isEmpty() ? "" : "[" + word.reading() + "]";
                shown.add(word.text() + reading + "=" + String.join(" ", segment.phonesOfWords().get(i)));
            }
        }
        return String.join(" ", shown);
    }
}
