package io.utter.text.ja;

import java.util.List;
import java.util.Map;

/** Digits in a row, read as one number (with 十, 百, 万 put in) or one by one. The first half of Open JTalk's {@code njd_set_digit}. */
final class DigitSequences {
    private static final int DIGITS_PER_GROUP = 4;
    private static final int NO_DIGIT = -1;

    private final Map<String, List<String>> digits;
    private final List<String> placesInGroup;
    private final List<String> groups;

    DigitSequences(Rules rules) {
        this.digits = rules.digitRows("numeral_list1", 3);
        this.placesInGroup = rules.digitCells("numeral_list2");
        this.groups = rules.digitCells("numeral_list3");
    }

    void read(Utterance words) {
        Word start = null;
        for (Word word = words.first(); word != null; word = word.after) {
            if (isDigit(word) || word.isNumber() && isPoint(word)) {
                start = start == null ? word : start;
                if (word == words.last()) {
                    read(words, start, word);
                    start = null;
                }
            } else if (start != null) {
                read(words, start, word.before);
                start = null;
            }
        }
        words.removeSilent();
    }

    static boolean isPoint(Word word) {
        return word.isOneOf("・．");
    }

    /** Digits are written in kanji from here on. */
    private boolean isDigit(Word word) {
        if (value(word) == NO_DIGIT) {
            return false;
        }
        word.surface = digits.get(word.surface).get(2);
        return true;
    }

    private int value(Word word) {
        List<String> row = word.isNumber() ? digits.get(word.surface) : null;
        return row == null ? NO_DIGIT : Integer.parseInt(row.get(1));
    }

    private void read(Utterance words, Word start, Word end) {
        for (Word from = start; ; from = from.after) {
            if (!isPoint(from)) {
                Word to = from;
                while (to != end && !isPoint(to.after)) {
                    to = to.after;
                }
                boolean startsWithZero = from != to && value(from) == 0;
                if (!startsWithZero && looksLikeNumber(from, to)) {
                    readAsNumber(words, from, to);
                } else {
                    readOneByOne(from, to);
                }
                from = to;
            }
            if (from == end) {
                return;
            }
        }
    }

    private static boolean looksLikeNumber(Word start, Word end) {
        int score = 0;
        Word before = start.before;
        if (before != null) {
            score += before.partOfSpeech.group1().equals("数接続") ? 2 : 0;
            score += before.isCounter() ? 1 : 0;
            score -= before.is("番号") ? 2 : 0;
            if (before.before != null) {
                score -= isPoint(before) && before.before.isNumber() ? 5 : 0;
                score -= before.before.is("番号") ? 2 : 0;
            }
        }
        Word after = end.after;
        if (after != null) {
            score += after.isCounter() ? 2 : 0;
            score -= after.is("番号") ? 2 : 0;
            score += isPoint(after) ? 4 : 0;
        }
        return score >= 0;
    }

    /** In pairs, with short digits made long: 03 is ゼロサン. */
    private static void readOneByOne(Word start, Word end) {
        if (start == end) {
            return;
        }
        boolean second = false;
        for (Word word = start; word != end.after; word = word.after) {
            switch (word.surface) {
                case "〇", "０" -> say(word, "ゼロ");
                case "二" -> say(word, "ニー");
                case "五" -> say(word, "ゴー");
                default -> {}
            }
            word.chainRule = "*";
            word.chain = second ? Word.Chain.JOINED : Word.Chain.APART;
            if (second) {
                word.before.accent(3);
            }
            second = !second;
        }
    }

    static void say(Word digit, String twoMoras) {
        digit.pronunciation = twoMoras;
        digit.moras = 2;
    }

    private void readAsNumber(Utterance words, Word start, Word end) {
        int length = 1;
        for (Word word = start; word != end; word = word.after) {
            length++;
        }
        int place = (length - 1) % DIGITS_PER_GROUP;
        int group = (length - 1) / DIGITS_PER_GROUP;
        if (length == 1 || group >= groups.size()) {
            return;
        }
        boolean groupIsSaid = false;
        for (Word word = start; ; word = word.after) {
            boolean isLast = word == end;
            int value = value(word);
            if (value == 0 || place > 0 && value < 0) {
                word.silenceDigit();
            } else {
                groupIsSaid = true;
                if (place > 0 && value == 1) {
                    word.become(Rules.word(placesInGroup.get(place)));
                } else if (place > 0) {
                    word = inserted(words, word, placesInGroup.get(place));
                }
            }
            if (place == 0) {
                if (groupIsSaid && group > 0) {
                    word = inserted(words, word, groups.get(group));
                }
                groupIsSaid = false;
                group--;
            }
            place = (place + DIGITS_PER_GROUP - 1) % DIGITS_PER_GROUP;
            if (isLast) {
                return;
            }
        }
    }

    private static Word inserted(Utterance words, Word place, String line) {
        Word word = Rules.word(line);
        words.insertAfter(place, word);
        return word;
    }
}
