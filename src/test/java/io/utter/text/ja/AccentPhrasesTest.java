package io.utter.text.ja;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which words make one accent phrase; parts of speech are written name-group1-group3. */
class AccentPhrasesTest {
    private static Word word(String partOfSpeech, boolean continuative) {
        String[] parts = (partOfSpeech + "-*-*").split("-");
        return new Word("て", new PartOfSpeech(parts[0], parts[1], "*", parts[2], continuative), "テ", 0, 1, "*");
    }

    private static Word.Chain chain(Word left, Word right) {
        AccentPhrases.join(Utterances.of(left, right));
        return right.chain;
    }

    @ParameterizedTest
    @CsvSource({
        "名詞, 名詞, JOINED", "名詞, 助詞, JOINED", "名詞, 助動詞, JOINED", "動詞, 助動詞, JOINED", "助詞, 助詞, JOINED", // 8 and the default
        "形容詞, 名詞, APART", "動詞, 名詞, APART", "動詞, 形容詞, APART", // 3 and 5
        "名詞-形容動詞語幹, 名詞, APART", // 4
        "副詞, 名詞, APART", "名詞, 接続詞, APART", "連体詞, 名詞, APART", // 6
        "名詞-副詞可能, 名詞, APART", "名詞, 名詞-副詞可能, APART", // 7
        "助詞, 名詞, APART", "助動詞, 名詞, APART", // 9
        "名詞-接尾, 名詞, APART", // 10
        "名詞, 動詞, APART", "名詞, 形容詞, APART", "名詞, 名詞-形容動詞語幹, APART", // 13
        "記号, 助詞, APART", "名詞, 記号, APART", // 14
        "名詞, 接頭詞, APART", // 15
        "名詞-固有名詞-姓, 名詞, APART", // 16
        "名詞, 名詞-固有名詞-名, APART", // 17
        "名詞, 名詞-接尾, JOINED", "記号, 名詞-接尾, JOINED" // 18, before all others
    })
    void kindsOfWordsDecide(String left, String right, Word.Chain chain) {
        assertEquals(chain, chain(word(left, false), word(right, false)));
    }

    @Test
    void aDependentVerbJoinsOneThatCarriesIt() {
        assertEquals(Word.Chain.JOINED, chain(word("動詞-自立", true), word("動詞-非自立", false))); // 12
        assertEquals(Word.Chain.APART, chain(word("名詞", false), word("動詞-非自立", false)));
        assertEquals(Word.Chain.APART, chain(word("名詞-サ変接続", false), word("動詞-非自立", false))); // 13 goes before 12
    }

    @Test
    void aDependentAdjectiveJoinsWhatCarriesIt() {
        assertEquals(Word.Chain.JOINED, chain(word("動詞-自立", true), word("形容詞-非自立", false))); // 11
        assertEquals(Word.Chain.JOINED, chain(word("助詞-接続助詞", false), word("形容詞-非自立", false)));
    }

    @Test
    void whatWasDecidedBeforeStays() {
        Word joined = word("接続詞", false);
        joined.chain = Word.Chain.JOINED;
        assertEquals(Word.Chain.JOINED, chain(word("名詞", false), joined));
    }

    @Test
    void theFirstWordIsLeftUndecided() {
        Word first = word("名詞", false);
        chain(first, word("名詞", false));
        assertEquals(Word.Chain.UNDECIDED, first.chain);
    }
}
