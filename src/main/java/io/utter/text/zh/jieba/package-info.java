/**
 * Chinese words and their parts of speech as jieba_fast 0.53 finds them: the most likely way through its dictionary, and hidden Markov
 * models for what is in no dictionary. The tables are written by {@code tools/text-data/jieba.py}, which describes their formats.
 */
package io.utter.text.zh.jieba;
