package io.utter.text.ja;

import java.util.StringJoiner;

/** Words as the dictionary gives them to the rules. */
final class Utterances {
    private static final String DIGITS = "〇一二三四五六七八九";
    private static final String[] SOUNDS = {"ゼロ", "イチ", "ニ", "サン", "ヨン", "ゴ", "ロク", "ナナ", "ハチ", "キュー"};

    private Utterances() {}

    static Utterance of(Word... words) {
        Utterance utterance = new Utterance();
        for (Word word : words) {
            utterance.add(word);
        }
        return utterance;
    }

    static Word word(String surface, String pronunciation, String partOfSpeech, String group1, String group2) {
        return new Word(surface, new PartOfSpeech(partOfSpeech, group1, group2, "*", false), pronunciation, 0, pronunciation.length(), "*");
    }

    static Word noun(String surface) {
        return word(surface, surface, PartOfSpeech.NOUN, "一般", "*");
    }

    static Word counter(String surface, String pronunciation) {
        return word(surface, pronunciation, PartOfSpeech.NOUN, "接尾", "助数詞");
    }

    static Word digit(char digit) {
        return word(String.valueOf(digit), SOUNDS[DIGITS.indexOf(digit)], PartOfSpeech.NOUN, "数", "*");
    }

    static Word place(String surface, String pronunciation) {
        return word(surface, pronunciation, PartOfSpeech.NOUN, "数", "*");
    }

    static Word point() {
        return word("・", "・", PartOfSpeech.NOUN, "数", "*");
    }

    static String surfaces(Utterance words) {
        StringJoiner joined = new StringJoiner(" ");
        for (Word word = words.first(); word != null; word = word.after) {
            joined.add(word.surface);
        }
        return joined.toString();
    }

    static String sounds(Utterance words) {
        StringJoiner joined = new StringJoiner(" ");
        for (Word word = words.first(); word != null; word = word.after) {
            joined.add(word.pronunciation);
        }
        return joined.toString();
    }
}
