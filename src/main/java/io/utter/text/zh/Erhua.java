package io.utter.text.zh;

import io.utter.text.zh.jieba.Word;
import java.util.List;
import java.util.Set;

/** 儿 at the end of a word, which takes the tone of the syllable before it (GPT-SoVITS's {@code _merge_erhua}). */
final class Erhua {
    private static final Set<String> NEVER = Set.of("a", "j", "nr");

    private final ToneWords words;

    Erhua(ToneWords words) {
        this.words = words;
    }

    /** Changes the list: a syllable for each character of the word. */
    void apply(Word word, List<Syllable> syllables) {
        String text = word.text();
        int last = text.length() - 1;
        if (text.charAt(last) != '儿') {
            return;
        }
        if (syllables.get(last).is("er1")) {
            syllables.set(last, syllables.get(last).withTone(2));
        }
        boolean applies = words.joined().contains(text) || !words.notJoined().contains(text) && !NEVER.contains(word.tag());
        boolean er = syllables.get(last).is("er2") || syllables.get(last).is("er5");
        if (applies && er && last > 0 && !words.notJoined().contains(ToneWords.lastTwo(text))) {
            syllables.set(last, syllables.get(last).withTone(syllables.get(last - 1).tone()));
        }
    }
}
