package io.utter.text.zh.jieba;

/**
 * A word in a text.
 *
 * @param text as written
 * @param tag jieba's part of speech; {@code x} where there is none
 */
public record Word(String text, String tag) {}
