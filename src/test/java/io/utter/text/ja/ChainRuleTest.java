package io.utter.text.ja;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainRuleTest {
    @ParameterizedTest
    @CsvSource({
        "名詞, C1, C1, 0",
        "名詞, *, *, 0",
        "動詞, 動詞%F2@1/形容詞%F4@-2, F2, 1",
        "形容詞, 動詞%F2@1/形容詞%F4@-2, F4, -2",
        "助動詞, 動詞%F2@1/形容詞%F4@-2, F2, 1",
        "名詞, 動詞%F2@1/形容詞%F4@-2, *, 0",
        "形容詞, 名詞%F2@1/形容詞%F2@-1動詞%F2@0, F2, -1",
        "名詞, 名詞%F1, F1, 0"
    })
    void theFirstRuleForThePartOfSpeechBeforeApplies(String partOfSpeech, String spelling, String name, int shift) {
        assertEquals(new ChainRule(name, shift), ChainRule.after(partOfSpeech, spelling));
    }
}
