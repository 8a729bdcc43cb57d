package io.utter.text.ja;

import java.util.List;

/**
 * How a word is used, in the terms of the dictionary; {@code *} where it says nothing.
 *
 * @param name the part of speech
 * @param group1 a group within it, with further groups inside each other
 * @param continuative whether the word is inflected so that another can follow (連用形)
 */
record PartOfSpeech(String name, String group1, String group2, String group3, boolean continuative) {
    static final String NOUN = "名詞";
    static final String VERB = "動詞";
    static final String ADJECTIVE = "形容詞";
    static final String AUXILIARY = "助動詞";
    static final String PARTICLE = "助詞";
    static final String SYMBOL = "記号";
    static final String FILLER = "フィラー";

    /** @param columns name, three groups, inflected form */
    static PartOfSpeech of(List<String> columns) {
        return new PartOfSpeech(columns.get(0), columns.get(1), columns.get(2), columns.get(3), columns.get(4).equals("continuative"));
    }

    boolean is(String wanted) {
        return name.equals(wanted);
    }

    boolean isNumber() {
        return group1.equals("数");
    }

    boolean isCounter() {
        return group2.equals("助数詞") || group1.equals("副詞可能");
    }

    /** A part of speech by another name, in the same groups. */
    PartOfSpeech renamed(String other) {
        return new PartOfSpeech(other, group1, group2, group3, continuative);
    }

    PartOfSpeech asFiller() {
        return new PartOfSpeech(FILLER, "*", "*", "*", continuative);
    }
}
