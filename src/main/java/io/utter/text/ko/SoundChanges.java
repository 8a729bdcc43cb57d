package io.utter.text.ko;

import io.utter.text.ko.Rule.Step;
import java.util.List;

/**
 * Rules of standard pronunciation that hold for particular words, vowels or kinds of word, over decomposed text with the marks of
 * {@link WordMarks}. In upstream's order, for which the numbers refer to the standard.
 */
final class SoundChanges {
    private static final List<Step> STEPS = List.of(
            // 5.1 and 5.3: vowels that become simpler behind some onsets
            Rule.of("([\u110c-\u110e])\u1167", "$1\u1165"),
            Rule.of("([\u1100-\u110a\u110c-\u1112])\u1174", "$1\u1175"),
            text -> text.replace("/J", ""),
            // 16: names of letters. Upstream's classes, meant as syllables, hold an onset and a vowel; only the vowel matters.
            Rule.of("([\u1100\u1173])\u11ae\u110b", "$1\u1109"),
            Rule.of("([\u110b\u1173])[\u11bd\u11be\u11c0\u11c2]\u110b", "$1\u1109"),
            Rule.of("([\u110b\u1173])\u11bf\u110b", "$1\u1100"),
            Rule.of("([\u110b\u1173])\u11c1\u110b", "$1\u1107"),
            // 11.1, 25 and 24: behind a verb's stem a plain onset becomes tense
            Rule.of("\u11b0/P[\u1100\u1101]", "\u11af\u1101"),
            Rule.tense("([\u11b2\u11b4\u11ab\u11b7])/P", "([\u1100\u1103\u1109\u110c])", "$1"),
            Rule.tense("\u11ac/P", "([\u1100\u1103\u1109\u110c])", "\u11ab"),
            Rule.tense("\u11b1/P", "([\u1100\u1103\u1109\u110c])", "\u11b7"),
            // 10.1: 밟 and 넓
            Rule.of("(\u1107\u1161)\u11b2(\\z|[^\u110b\u1112])", "$1\u11b8$2"),
            Rule.of("(\u1102\u1165)\u11b2([\u1103\u1104\u110c\u110d]\u116e)", "$1\u11b8$2"),
            // 17: ㄷ and ㅌ before 이 and 여
            Rule.of("\u11ae\u110b([\u1175\u1167])", "\u110c$1"),
            Rule.of("\u11c0\u110b([\u1175\u1167])", "\u110e$1"),
            Rule.of("\u11b4\u110b([\u1175\u1167])", "\u11af\u110e$1"),
            Rule.of("\u11ae\u1112\u1175", "\u110e\u1175"),
            // 27: behind an ending in ㄹ; the last seven whatever the word
            Rule.tense("\u11af/E ", "([\u1100\u1103\u1107\u1109\u110c])", "\u11af "),
            afterRieul("걸", "껄"),
            afterRieul("밖에", "빠께"),
            afterRieul("세라", "쎄라"),
            afterRieul("수록", "쑤록"),
            afterRieul("지라도", "찌라도"),
            afterRieul("지언정", "찌언정"),
            afterRieul("진대", "찐대"),
            Rule.of("/[PJEB]", ""));

    private SoundChanges() {}

    static String apply(String text) {
        String changed = text;
        for (Step step : STEPS) {
            changed = step.apply(changed);
        }
        return changed;
    }

    private static Step afterRieul(String written, String spoken) {
        String from = "\u11af" + Jamo.decompose(written);
        String to = "\u11af" + Jamo.decompose(spoken);
        return text -> text.replace(from, to);
    }
}
