package io.utter.text.zh.jieba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words of Chinese text, as jieba 0.42.1 finds them; most of the texts are from its documentation. */
class JiebaTest {
    private static final Jieba JIEBA = new Jieba();
    private static final CuttingModel CUTTING = CuttingModel.load();
    private static final TaggingModel TAGGING = TaggingModel.load();

    private static String tagged(String text) {
        return JIEBA.tagged(text).stream().map(word -> word.text() + "/" + word.tag()).collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource({"我爱北京天安门, 我/r 爱/v 北京/ns 天安门/ns", "'你好,世界!', '你好/l ,/x 世界/n !/x'"})
    void wordsOfTheDictionaryHaveTheirTags(String text, String words) {
        assertEquals(words, tagged(text));
    }

    @Test
    void wordsInNoDictionaryAreFound() {
        assertEquals("他/r 来到/v 了/ul 网易/n 杭/j 研/vn 大厦/n", tagged("他来到了网易杭研大厦"));
        assertEquals("李小福/nr 是/v 创新/v 办/v 主任/b", tagged("李小福是创新办主任"));
        assertEquals("蔡晓倩/nr 和/c 周杉瑜/nr", tagged("蔡晓倩和周杉瑜"));
    }

    @Test
    void theCuttingModelFindsWordsThatTheTaggingModelLeavesApart() {
        List<String> words = new ArrayList<>();
        CUTTING.cut("杭研", words);
        assertEquals(List.of("杭研"), words);
    }

    @Test
    void aSearchFindsTheWordsInsideWords() {
        assertEquals(List.of("中国", "科学", "学院", "科学院", "中国科学院"), JIEBA.forSearch("中国科学院"));
        assertEquals(List.of("小明", "硕士", "毕业", "于", "中国", "科学", "学院", "科学院", "中国科学院", "计算", "计算所"),
                JIEBA.forSearch("小明硕士毕业于中国科学院计算所"));
    }

    @Test
    void aWordWithoutWordsInItIsFoundAlone() {
        assertEquals(List.of("北京"), JIEBA.forSearch("北京"));
        assertEquals(List.of("京"), JIEBA.forSearch("京"));
    }

    @Test
    void aFullStopStaysByItself() {
        assertEquals(List.of("杭", "研", "."), JIEBA.tagged("杭研.").stream().map(Word::text).toList());
        assertEquals(List.of("杭研", "."), JIEBA.forSearch("杭研."));
        assertEquals(List.of("我", "."), JIEBA.forSearch("我."));
    }

    @Property(tries = 300)
    void nothingOfATextIsLost(
            @ForAll @StringLength(max = 40) @CharRange(from = '一', to = '\u9fa5') @Chars({',', '.', '!', '的', '一', '不', '中', '国'}) String text) {
        assertEquals(text, JIEBA.tagged(text).stream().map(Word::text).collect(Collectors.joining()));
    }

    @Property(tries = 300)
    void theModelsLeaveNothingOut(
            @ForAll @StringLength(min = 1, max = 30) @CharRange(from = '一', to = '\u9fa5') @Chars({'的', '一', '不', '中', '国'}) String text) {
        List<String> cut = new ArrayList<>();
        CUTTING.cut(text, cut);
        assertEquals(text, String.join("", cut));
        List<Word> tagged = new ArrayList<>();
        TAGGING.cut(text, tagged);
        assertEquals(text, tagged.stream().map(Word::text).collect(Collectors.joining()));
    }

    @Test
    void theTaggingModelSaysWhatWordsItFinds() {
        List<Word> words = new ArrayList<>();
        TAGGING.cut("周杉瑜", words);
        assertEquals(List.of(new Word("周杉瑜", "nr")), words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"一", "杭研", "中国科学院", "龘", ",", "."})
    void takesTimeInProportionToTheText(String unit) {
        String text = unit.repeat(20_000 / unit.length());
        assertTimeout(Duration.ofSeconds(10), () -> JIEBA.tagged(text));
        assertTimeout(Duration.ofSeconds(10), () -> JIEBA.forSearch(text));
    }
}
