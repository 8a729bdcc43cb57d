package io.utter.text.zh;

import io.utter.text.zh.jieba.Word;
import java.util.ArrayList;
import java.util.List;

/** Puts words together whose tones depend on each other ({@code pre_merge_for_modify} of PaddleSpeech's {@code tone_sandhi}). */
final class WordMerging {
    private static final int LONGEST_MERGED = 3;

    private final PinyinReadings readings;

    WordMerging(PinyinReadings readings) {
        this.readings = readings;
    }

    List<Word> merged(List<Word> words) {
        List<Word> merged = repeated(yi(aroundYi(bu(words))));
        merged = thirdTones(merged, true);
        merged = thirdTones(merged, false);
        return er(merged);
    }

    /** 不 with the word behind it. */
    private static List<Word> bu(List<Word> words) {
        List<Word> merged = new ArrayList<>();
        String last = "";
        for (Word word : words) {
            String text = last.equals("不") ? last + word.text() : word.text();
            if (!text.equals("不")) {
                merged.add(new Word(text, word.tag()));
            }
            last = text;
        }
        if (last.equals("不")) {
            merged.add(new Word("不", "d"));
        }
        return merged;
    }

    /** A verb, 一 and the verb again. */
    private static List<Word> aroundYi(List<Word> words) {
        List<Word> merged = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            boolean between = !merged.isEmpty() && word.text().equals("一") && i + 1 < words.size()
                    && merged.getLast().text().equals(words.get(i + 1).text()) && merged.getLast().tag().equals("v") && words.get(i + 1).tag().equals("v");
            if (between) {
                append(merged, "一" + words.get(++i).text());
            } else {
                merged.add(word);
            }
        }
        return merged;
    }

    /** 一 with the word behind it. */
    private static List<Word> yi(List<Word> words) {
        List<Word> merged = new ArrayList<>();
        for (Word word : words) {
            if (!merged.isEmpty() && merged.getLast().text().equals("一")) {
                append(merged, word.text());
            } else {
                merged.add(word);
            }
        }
        return merged;
    }

    private static List<Word> repeated(List<Word> words) {
        List<Word> merged = new ArrayList<>();
        for (Word word : words) {
            if (!merged.isEmpty() && merged.getLast().text().equals(word.text())) {
                append(merged, word.text());
            } else {
                merged.add(word);
            }
        }
        return merged;
    }

    /**
     * Short neighbours in the third tone.
     *
     * @param all whether all their syllables have it, or only those that meet
     */
    private List<Word> thirdTones(List<Word> words, boolean all) {
        List<List<Syllable>> syllables = words.stream().map(word -> readings.of(word.text())).toList();
        List<Word> merged = new ArrayList<>();
        boolean lastMerged = false;
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            boolean meet = i > 0 && !lastMerged && (all ? allThird(syllables.get(i - 1)) && allThird(syllables.get(i))
                    : syllables.get(i - 1).getLast().tone() == 3 && syllables.get(i).getFirst().tone() == 3);
            lastMerged = meet && !isRepeated(words.get(i - 1).text()) && words.get(i - 1).text().length() + word.text().length() <= LONGEST_MERGED;
            if (lastMerged) {
                append(merged, word.text());
            } else {
                merged.add(word);
            }
        }
        return merged;
    }

    static boolean allThird(List<Syllable> syllables) {
        return syllables.stream().allMatch(syllable -> syllable.tone() == 3);
    }

    private static boolean isRepeated(String word) {
        return word.length() == 2 && word.charAt(0) == word.charAt(1);
    }

    /** 儿 with the word before it. */
    private static List<Word> er(List<Word> words) {
        List<Word> merged = new ArrayList<>();
        for (Word word : words) {
            if (!merged.isEmpty() && word.text().equals("儿")) {
                append(merged, word.text());
            } else {
                merged.add(word);
            }
        }
        return merged;
    }

    private static void append(List<Word> words, String text) {
        Word last = words.removeLast();
        words.add(new Word(last.text() + text, last.tag()));
    }
}
