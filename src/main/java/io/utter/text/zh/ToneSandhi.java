package io.utter.text.zh;

import io.utter.text.zh.jieba.Jieba;
import io.utter.text.zh.jieba.Word;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * How a word's tones change when it is spoken ({@code modified_tone} of PaddleSpeech's {@code tone_sandhi} with GPT-SoVITS's changes;
 * spec/gpt-sovits.md 2.6). Changes the list that it is given: a syllable for each character of the word.
 */
final class ToneSandhi {
    private static final String NUMERALS = "一七万三九二五亖亿什仟仨伍佰億兆兩八六十千卄卅卌叁参參叄四壱壹幺廾廿弌弍弎弐拾捌柒漆玖百肆萬貮貳贰阡陆陌陸零";
    private static final String MARKS = "：，；。？！“”‘’':,;.?!";
    private static final String PARTICLES = "吧呢哈啊呐噻嘛吖嗨呐哦哒额滴哩哟喽啰耶喔诶的地得";
    private static final Set<String> ASPECTS = Set.of("ul", "uz", "ug");
    private static final Set<String> PLACES = Set.of("s", "l", "f");
    private static final Set<String> PERSONS_AND_THINGS = Set.of("r", "n");

    private final Jieba jieba;
    private final ToneWords words;

    ToneSandhi(Jieba jieba, ToneWords words) {
        this.jieba = jieba;
        this.words = words;
    }

    void apply(Word word, List<Syllable> syllables) {
        String text = word.text();
        bu(text, syllables);
        yi(text, syllables);
        neutral(text, word.tag(), syllables);
        if (text.length() > 1) {
            String first = firstPart(text);
            int cut = text.startsWith(first) ? first.length() : text.length() - first.length();
            neutralEnd(text.substring(0, cut), syllables, cut);
            neutralEnd(text.substring(cut), syllables, text.length());
            third(text.length(), cut, syllables);
        } else {
            neutralEnd(text, syllables, 1);
        }
    }

    /** The shorter of the two parts that the word falls into, the first of several. */
    private String firstPart(String text) {
        return jieba.forSearch(text).stream().min(Comparator.comparingInt(String::length)).orElse(text);
    }

    private static void bu(String text, List<Syllable> syllables) {
        if (text.length() == 3 && text.charAt(1) == '不') {
            neutral(syllables, 1);
            return;
        }
        for (int i = 0; i + 1 < text.length(); i++) {
            if (text.charAt(i) == '不' && syllables.get(i + 1).tone() == 4) {
                tone(syllables, i, 2);
            }
        }
    }

    private static void yi(String text, List<Syllable> syllables) {
        boolean number = text.indexOf('一') >= 0 && text.chars().allMatch(c -> NUMERALS.indexOf(c) >= 0);
        if (number) {
            return;
        }
        if (text.length() == 3 && text.charAt(1) == '一' && text.charAt(0) == text.charAt(2)) {
            neutral(syllables, 1);
        } else if (text.startsWith("第一")) {
            tone(syllables, 1, 1);
        } else {
            for (int i = 0; i + 1 < text.length(); i++) {
                if (text.charAt(i) == '一' && syllables.get(i + 1).tone() == 4) {
                    tone(syllables, i, 2);
                } else if (text.charAt(i) == '一' && MARKS.indexOf(text.charAt(i + 1)) < 0) {
                    tone(syllables, i, 4);
                }
            }
        }
    }

    private void neutral(String text, String tag, List<Syllable> syllables) {
        boolean nominal = "nva".indexOf(tag.charAt(0)) >= 0;
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) == text.charAt(i - 1) && nominal && !words.notNeutral().contains(text)) {
                neutral(syllables, i);
            }
        }
        int last = text.length() - 1;
        int measure = text.indexOf('个');
        if (endsNeutral(text, tag)) {
            neutral(syllables, last);
        } else if (text.equals("个") || measure >= 1 && isCount(text.charAt(measure - 1))) {
            neutral(syllables, measure);
        } else if (words.endsNeutral(text)) {
            neutral(syllables, last);
        }
    }

    private boolean endsNeutral(String text, String tag) {
        int length = text.length();
        char last = text.charAt(length - 1);
        return PARTICLES.indexOf(last) >= 0
                || length == 1 && "了着过".indexOf(last) >= 0 && ASPECTS.contains(tag)
                || length > 1 && "们子".indexOf(last) >= 0 && PERSONS_AND_THINGS.contains(tag) && !words.notNeutral().contains(text)
                || length > 1 && "上下里".indexOf(last) >= 0 && PLACES.contains(tag)
                || length > 1 && "来去".indexOf(last) >= 0 && "上下进出回过起开".indexOf(text.charAt(length - 2)) >= 0;
    }

    private static boolean isCount(char character) {
        return NUMERALS.indexOf(character) >= 0 || "几有两半多各整每做是".indexOf(character) >= 0;
    }

    private void neutralEnd(String part, List<Syllable> syllables, int end) {
        if (words.endsNeutral(part)) {
            neutral(syllables, end - 1);
        }
    }

    /** The third tone before another third tone. */
    private static void third(int length, int cut, List<Syllable> syllables) {
        boolean all = WordMerging.allThird(syllables);
        if (length == 2 && all) {
            tone(syllables, 0, 2);
        } else if (length == 3 && all) {
            thirdOfThree(cut, syllables);
        } else if (length == 3) {
            thirdAcross(cut, syllables);
        } else if (length == 4) {
            thirdOfTwo(syllables, 0, 2);
            thirdOfTwo(syllables, 2, 4);
        }
    }

    private static void thirdOfThree(int cut, List<Syllable> syllables) {
        if (cut == 2) {
            tone(syllables, 0, 2);
        }
        if (cut <= 2) {
            tone(syllables, 1, 2);
        }
    }

    private static void thirdAcross(int cut, List<Syllable> syllables) {
        thirdOfTwo(syllables, 0, cut);
        boolean secondThird = WordMerging.allThird(syllables.subList(cut, 3));
        if (cut < 3 && secondThird) {
            thirdOfTwo(syllables, cut, 3);
        } else if (cut < 3 && syllables.get(cut).tone() == 3 && syllables.get(cut - 1).tone() == 3) {
            tone(syllables, cut - 1, 2);
        }
    }

    private static void thirdOfTwo(List<Syllable> syllables, int from, int to) {
        if (to - from == 2 && WordMerging.allThird(syllables.subList(from, to))) {
            tone(syllables, from, 2);
        }
    }

    private static void neutral(List<Syllable> syllables, int index) {
        tone(syllables, index, Syllable.NEUTRAL);
    }

    /** Marks keep none. */
    private static void tone(List<Syllable> syllables, int index, int tone) {
        Syllable syllable = syllables.get(index);
        if (!syllable.isMark()) {
            syllables.set(index, syllable.withTone(tone));
        }
    }
}
