package io.utter.text.zh;

import io.utter.text.table.Resource;
import java.util.List;
import java.util.Set;

/**
 * Words whose last tone is neutral, or never is, and words in which 儿 joins the syllable before it, or never does (PaddleSpeech's lists with
 * GPT-SoVITS's additions).
 */
record ToneWords(Set<String> neutral, Set<String> notNeutral, Set<String> joined, Set<String> notJoined) {
    /** The file: a line for each list, its words separated by spaces. */
    static ToneWords load() {
        List<Set<String>> lists = Resource.lines(ToneWords.class, "tone-words.txt").stream().map(line -> Set.of(line.split(" "))).toList();
        return new ToneWords(lists.get(0), lists.get(1), lists.get(2), lists.get(3));
    }

    /** Whether the word, or its last two characters, end in a neutral tone. */
    boolean endsNeutral(String word) {
        return neutral.contains(word) || neutral.contains(lastTwo(word));
    }

    static String lastTwo(String word) {
        return word.substring(Math.max(0, word.length() - 2));
    }
}
