package io.utter.text.en;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected words are inflect 7.6.0's, where it has any. */
class NumberWordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0|zero", "007|seven", "13|thirteen", "40|forty", "99|ninety-nine", "100|one hundred", "110|one hundred ten",
        "1001|one thousand one", "12345|twelve thousand, three hundred forty-five", "1000000|one million",
        "1000021|one million twenty-one",
        "100000000000000000000000000000000000|one hundred decillion",
        "20000000003000000000000000000005|twenty nonillion, three sextillion five"
    })
    void writesCardinals(String digits, String words) {
        assertEquals(words, NumberWords.cardinal(digits));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"101|one hundred and one", "1001|one thousand and one", "1100|one thousand, one hundred"})
    void writesCardinalsWithAnd(String digits, String words) {
        assertEquals(words, NumberWords.cardinalWithAnd(digits));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0|zeroth", "1|first", "2|second", "3|third", "5|fifth", "8|eighth", "9|ninth", "12|twelfth", "20|twentieth", "21|twenty-first",
        "100|one hundredth", "101|one hundred and first"
    })
    void writesOrdinals(String digits, String words) {
        assertEquals(words, NumberWords.ordinal(digits));
    }

    @ParameterizedTest
    @CsvSource({"1,1st", "2,2nd", "3,3rd", "4,4th", "11,11th", "12,12th", "13,13th", "21,21st", "111,111th", "122,122nd"})
    void addsOrdinalSuffixes(String digits, String suffixed) {
        assertEquals(suffixed, NumberWords.withOrdinalSuffix(digits));
    }

    @Test
    void readsWhatHasNoNameDigitByDigit() {
        assertEquals("one" + " zero".repeat(36), NumberWords.cardinal("1" + "0".repeat(36)));
    }
}
