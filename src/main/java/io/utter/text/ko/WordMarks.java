package io.utter.text.ko;

import io.utter.text.mecab.Mecab;
import io.utter.text.mecab.Morpheme;
import io.utter.text.table.Resource;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Marks behind the last characters of words whose kind decides how they are said: {@code /J} the particle 의, {@code /E} an ending in ㄹ,
 * {@code /P} a verb's stem in ㄴ, ㅁ or a ㄹ with another consonant, {@code /B} a noun that counts things.
 *
 * <p>The description of a word's kind is one letter, of its last part: the first of its tag in mecab-ko-dic, but B for NNBC.
 */
final class WordMarks {
    private static final char RIEUL = '\u11af';
    private static final String STEM_CODAS = "\u11ab\u11ac\u11b7\u11b1\u11b0\u11b2\u11b4";

    private final Mecab mecab;
    private final String kinds;

    /** @param kinds the letter of every kind, by its number; empty for the boundary of a text */
    WordMarks(Mecab mecab, List<String> kinds) {
        this.mecab = mecab;
        this.kinds = kinds.stream().map(kind -> kind.isEmpty() ? "-" : kind).collect(Collectors.joining());
    }

    static WordMarks load() {
        Mecab mecab = new Mecab(
                Resource.buffer(WordMarks.class, "characters.bin"),
                Resource.buffer(WordMarks.class, "connections.bin"),
                Resource.buffer(WordMarks.class, "lexicon.bin"));
        return new WordMarks(mecab, Resource.lines(WordMarks.class, "kinds.txt"));
    }

    /**
     * The text with its marks. None are set in a text that holds white space other than the plain space: the words found in it do not add
     * up to the text, and upstream gives up.
     */
    String apply(String text) {
        List<Morpheme> words = mecab.analyze(text);
        if (!addUp(words, text)) {
            return text;
        }
        StringBuilder marked = new StringBuilder(text.length() + 16);
        int at = 0;
        for (Morpheme word : words) {
            for (int left = word.surface().length(); left > 0; at++) {
                char c = text.charAt(at);
                marked.append(c);
                if (c != ' ') {
                    left--;
                }
            }
            marked.append(mark(text.charAt(at - 1), kinds.charAt(word.kind())));
        }
        return marked.append(text, at, text.length()).toString();
    }

    private static boolean addUp(List<Morpheme> words, String text) {
        int at = 0;
        for (Morpheme word : words) {
            at = skipSpaces(text, at);
            // A word may hold spaces for MeCab, but then does not fit a text without them.
            if (!text.startsWith(word.surface(), at) || word.surface().indexOf(' ') >= 0) {
                return false;
            }
            at += word.surface().length();
        }
        return skipSpaces(text, at) == text.length();
    }

    private static int skipSpaces(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static String mark(char last, char kind) {
        return switch (kind) {
            case 'J' -> last == '의' ? "/J" : "";
            case 'E' -> Jamo.ending(last) == RIEUL ? "/E" : "";
            case 'V' -> STEM_CODAS.indexOf(Jamo.ending(last)) >= 0 ? "/P" : "";
            case 'B' -> "/B";
            default -> "";
        };
    }
}
