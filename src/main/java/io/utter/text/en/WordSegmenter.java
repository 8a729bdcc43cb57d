package io.utter.text.en;

import java.util.List;

/** Finds the words in a word that no dictionary knows, such as {@code thisisatest}. */
@FunctionalInterface
interface WordSegmenter {
    /**
     * @param word in lower case, with at least one letter
     * @return the words in order, at least one, without any characters but letters and digits; a single one if the word does not split
     */
    List<String> segment(String word);
}
