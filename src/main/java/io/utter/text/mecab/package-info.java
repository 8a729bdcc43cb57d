/**
 * Morphological analysis with the dictionaries of MeCab, shared by the languages that need it: {@link io.utter.text.mecab.Mecab} finds the
 * words of a text and what a dictionary says about each. What the features mean is a matter of the language's package.
 *
 * <p>The dictionaries are those that MeCab's own compiler made, taken apart and packed by {@code tools/text-data/mecab.py}; a change of
 * the format changes both.
 */
package io.utter.text.mecab;
