package io.utter.text.ja;

import static io.utter.text.ja.PartOfSpeech.ADJECTIVE;
import static io.utter.text.ja.PartOfSpeech.AUXILIARY;
import static io.utter.text.ja.PartOfSpeech.NOUN;
import static io.utter.text.ja.PartOfSpeech.PARTICLE;
import static io.utter.text.ja.PartOfSpeech.SYMBOL;
import static io.utter.text.ja.PartOfSpeech.VERB;

import java.util.Set;

/** Which words share an accent phrase with the word before. Open JTalk's {@code njd_set_accent_phrase}, whose numbers the rules carry. */
final class AccentPhrases {
    private static final Set<String> ALWAYS_ALONE = Set.of("副詞", "接続詞", "連体詞");
    private static final String ADJECTIVAL_NOUN = "形容動詞語幹";
    private static final String ADVERBIAL = "副詞可能";
    private static final String SUFFIX = "接尾";
    private static final String DEPENDENT = "非自立";

    private AccentPhrases() {}

    static void join(Utterance words) {
        for (Word word = words.first(); word != null; word = word.after) {
            if (word.before != null && word.chain == Word.Chain.UNDECIDED) {
                word.chain = joins(word.before, word) ? Word.Chain.JOINED : Word.Chain.APART;
            }
        }
    }

    /** The last rule that applies decides. */
    private static boolean joins(Word before, Word word) {
        PartOfSpeech left = before.partOfSpeech;
        PartOfSpeech right = word.partOfSpeech;
        if (right.group1().equals(SUFFIX)) {
            return true; // 18
        }
        if (left.is(NOUN) && right.group3().equals("名") // 17
                || left.group3().equals("姓") && right.is(NOUN) // 16
                || right.is("接頭詞") // 15
                || left.is(SYMBOL) || right.is(SYMBOL) // 14
                || left.is(NOUN) && (right.is(VERB) || right.is(ADJECTIVE) || right.group1().equals(ADJECTIVAL_NOUN))) { // 13
            return false;
        }
        if (right.group1().equals(DEPENDENT) && (right.is(VERB) && carriesVerb(left) || right.is(ADJECTIVE) && carriesAdjective(before))) {
            return true; // 12, 11
        }
        if (left.group1().equals(SUFFIX) && right.is(NOUN)) {
            return false; // 10
        }
        if (right.is(AUXILIARY) || right.is(PARTICLE)) {
            return true; // 8
        }
        boolean apart = left.is(AUXILIARY) || left.is(PARTICLE) // 9
                || left.is(NOUN) && left.group1().equals(ADVERBIAL) || right.is(NOUN) && right.group1().equals(ADVERBIAL) // 7
                || ALWAYS_ALONE.contains(left.name()) || ALWAYS_ALONE.contains(right.name()) // 6
                || left.is(VERB) && (right.is(ADJECTIVE) || right.is(NOUN)) // 5
                || left.is(NOUN) && left.group1().equals(ADJECTIVAL_NOUN) && right.is(NOUN) // 4
                || left.is(ADJECTIVE) && right.is(NOUN); // 3
        return !apart;
    }

    private static boolean carriesVerb(PartOfSpeech left) {
        return left.is(VERB) && left.continuative() || left.is(NOUN) && left.group1().equals("サ変接続");
    }

    private static boolean carriesAdjective(Word before) {
        PartOfSpeech left = before.partOfSpeech;
        return (left.is(VERB) || left.is(ADJECTIVE)) && left.continuative()
                || left.is(PARTICLE) && left.group1().equals("接続助詞") && before.isOneOf("てで");
    }
}
