package io.utter.text.zh.jieba;

import io.utter.text.table.Later;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Divides normalised Chinese into words: Chinese characters with marks between them. Its tables are read when they are first needed.
 * Takes time in proportion to the text's length; thread-safe.
 */
public final class Jieba {
    /** As many words as jieba_fast's compiled search weighs at one character. */
    private static final int MOST_CANDIDATES = 12;

    private static final char FULL_STOP = '.';

    private final Supplier<Vocabulary> vocabulary = new Later<>(Vocabulary::load);
    private final Supplier<TaggingModel> tagging = new Later<>(TaggingModel::load);
    private final Supplier<CuttingModel> cutting = new Later<>(CuttingModel::load);

    /** The words with their parts of speech, {@code jieba_fast.posseg.cut}; of equally likely divisions the one with longer words. */
    public List<Word> tagged(String text) {
        Vocabulary known = vocabulary.get();
        List<Word> words = new ArrayList<>();
        runs(
                text,
                true,
                known,
                Integer.MAX_VALUE,
                word -> words.add(new Word(word, known.tag(word))),
                unknown -> tagging.get().cut(unknown, words));
        return words;
    }

    /** The words and the words of two and three characters inside them, {@code jieba_fast.cut_for_search}. */
    public List<String> forSearch(String text) {
        Vocabulary known = vocabulary.get();
        List<String> whole = new ArrayList<>();
        runs(text, false, known, MOST_CANDIDATES, whole::add, unknown -> cutting.get().cut(unknown, whole));
        List<String> words = new ArrayList<>();
        for (String word : whole) {
            for (int length = 2; length <= 3 && length < word.length(); length++) {
                for (int start = 0; start + length <= word.length(); start++) {
                    String part = word.substring(start, start + length);
                    if (known.contains(part)) {
                        words.add(part);
                    }
                }
            }
            words.add(word);
        }
        return words;
    }

    private interface Words {
        void add(String text);
    }

    /** Marks are words of their own; runs of characters that the dictionary leaves single go to the model unless they are a word. */
    private static void runs(String text, boolean preferLonger, Vocabulary known, int mostCandidates, Words words, Words unknown) {
        int start = 0;
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && (isChinese(text.charAt(end)) || text.charAt(end) == FULL_STOP)) {
                end++;
            }
            if (end > start) {
                run(text.substring(start, end), preferLonger, known, mostCandidates, words, unknown);
            } else {
                end = start + 1;
                words.add(text.substring(start, end));
            }
            start = end;
        }
    }

    private static void run(String run, boolean preferLonger, Vocabulary known, int mostCandidates, Words words, Words unknown) {
        int[] ends = known.ends(run, mostCandidates, preferLonger);
        int singles = 0;
        int at = 0;
        while (at <= run.length()) {
            boolean single = at < run.length() && ends[at] == at + 1;
            if (!single) {
                String left = run.substring(singles, at);
                if (left.length() > 1 && !known.contains(left)) {
                    chineseToModel(left, words, unknown);
                } else {
                    left.chars().forEach(character -> words.add(String.valueOf((char) character)));
                }
                if (at == run.length()) {
                    break;
                }
                words.add(run.substring(at, ends[at]));
                singles = ends[at];
            }
            at = ends[at];
        }
    }

    /** A full stop belongs to the characters before it: even a single one then goes to the model. */
    private static void chineseToModel(String singles, Words words, Words unknown) {
        int start = 0;
        for (int end = 0; end <= singles.length(); end++) {
            boolean stop = end < singles.length() && singles.charAt(end) == FULL_STOP;
            if (stop || end == singles.length()) {
                if (end > start) {
                    unknown.add(singles.substring(start, end));
                }
                if (stop) {
                    words.add(singles.substring(end, end + 1));
                }
                start = end + 1;
            }
        }
    }

    private static boolean isChinese(char character) {
        return character >= '一' && character <= '\u9fd5';
    }
}
