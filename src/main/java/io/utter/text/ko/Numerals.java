package io.utter.text.ko;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers in words. In front of a noun that counts things a number is read as a whole, with Korean or Chinese numerals as the noun asks;
 * all other digits are read one by one.
 */
final class Numerals {
    /** A run of digits and commas, and the noun behind it if there is one that counts. Takes all of a run, so no search starts within. */
    private static final Pattern NUMBER = Pattern.compile("(\\p{Nd}[\\p{Nd},]*+)(?:([ㄱ-힣]++)/B)?+");

    /** Upstream looks for the noun anywhere in this text. */
    private static final String NOUNS_WITH_KOREAN_NUMERALS =
            "군데 권 개 그루 닢 대 두 마리 모 모금 뭇 발 발짝 방 번 벌 보루 살 수 술 시 쌈 움큼 정 짝 채 척 첩 축 켤레 톨 통";

    private static final String DIGITS = "영일이삼사오육칠팔구";
    private static final String[] KOREAN_ONES = {"", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉"};
    private static final String[] KOREAN_TENS = {"", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"};
    private static final String[] UNITS = {"", "십", "백", "천", "만", "십", "백", "천", "억", "십", "백", "천", "조", "십", "백", "천"};

    /** From the hundred million on, a one is said before its unit. */
    private static final int FIRST_UNIT_WITH_ONE = 8;

    private Numerals() {}

    static String spell(String text) {
        String counted = NUMBER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(spell(match)));
        StringBuilder spelled = new StringBuilder(counted.length());
        for (int i = 0; i < counted.length(); i++) {
            char c = counted.charAt(i);
            spelled.append(c >= '0' && c <= '9' ? DIGITS.charAt(c - '0') : c);
        }
        return spelled.toString();
    }

    private static String spell(MatchResult match) {
        String noun = match.group(2);
        if (noun == null) {
            return match.group();
        }
        return number(match.group(1), NOUNS_WITH_KOREAN_NUMERALS.contains(noun)) + noun + "/B";
    }

    /**
     * @param written digits and commas
     * @param korean whether ones and tens are Korean numerals (in the form they take before a noun), not Chinese ones
     * @return the number in words; as it is if it is too long, of which upstream makes an error
     */
    static String number(String written, boolean korean) {
        String digits = written.replace(",", "");
        if (digits.equals("0")) {
            return DIGITS.substring(0, 1);
        }
        if (korean && digits.equals("20")) {
            return "스무";
        }
        int[] values = digits.codePoints().map(point -> point >= '0' && point <= '9' ? point - '0' : -1)
                .dropWhile(value -> value == 0).toArray();
        if (values.length > UNITS.length) {
            return written;
        }
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            int place = values.length - 1 - i;
            if (values[i] != 0 || (place % 4 == 0 && anyBefore(values, i))) {
                words.append(korean && place < 2 ? koreanNumeral(values[i], place) : numeral(values[i], place));
            }
        }
        return words.toString();
    }

    /** Whether one of the three digits before is said, so that a 0 in the place of 만, 억 or 조 still says the unit. */
    private static boolean anyBefore(int[] values, int i) {
        for (int before = Math.max(0, i - 3); before < i; before++) {
            if (values[before] != 0) {
                return true;
            }
        }
        return false;
    }

    /** Digits of other scripts have no name and leave only their unit. */
    private static String numeral(int value, int place) {
        String name = value > 0 ? DIGITS.substring(value, value + 1) : "";
        boolean silentOne = value == 1 && place > 0 && place < FIRST_UNIT_WITH_ONE;
        return (silentOne ? "" : name) + UNITS[place];
    }

    private static String koreanNumeral(int value, int place) {
        return (place == 0 ? KOREAN_ONES : KOREAN_TENS)[Math.max(0, value)];
    }
}
