package io.utter.text.zh;

import io.utter.text.Characters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes Chinese text as it is read aloud, in simplified characters: what upstream takes from PaddleSpeech's {@code zh_normalization}, and
 * its own filter for Mandarin (spec/gpt-sovits.md 2.6). Takes time in proportion to the text's length; thread-safe.
 */
public final class MandarinNormalizer {
    private static final String CUT_OUT_BEFORE = "—《》【】<>{}()（）#&@“”^_|\\";
    private static final String CUT_OUT_AFTER = CUT_OUT_BEFORE + "-=";
    private static final String SENTENCE_ENDS = "：、，；。？！,;?!";
    private static final String MARKS = "!?…,.-";
    /** The characters that are left, besides marks, are from this one to {@link #LAST_CHARACTER}. */
    static final char FIRST_CHARACTER = '一';
    static final char LAST_CHARACTER = '\u9fa5';

    private static final char FULL_WIDTH = 0xff00 - 0x20;

    private static final Map<Character, String> NAMES = names(
            "/每", "①一", "②二", "③三", "④四", "⑤五", "⑥六", "⑦七", "⑧八", "⑨九", "⑩十", "α阿尔法", "β贝塔", "γ伽玛", "Γ伽玛", "δ德尔塔",
            "Δ德尔塔", "ε艾普西龙", "ζ捷塔", "η依塔", "θ西塔", "Θ西塔", "ι艾欧塔", "κ喀帕", "λ拉姆达", "Λ拉姆达", "μ缪", "ν拗", "ξ克西", "Ξ克西",
            "ο欧米克伦", "π派", "Π派", "ρ肉", "ς西格玛", "Σ西格玛", "σ西格玛", "τ套", "υ宇普西龙", "φ服艾", "Φ服艾", "χ器", "ψ普赛", "Ψ普赛",
            "ω欧米伽", "Ω欧米伽", "+加", "-减", "×乘", "÷除", "=等");

    private MandarinNormalizer() {}

    /**
     * The sentences of a text, cut behind every mark of punctuation, with everything in words that can be put into words. Marks and
     * characters without a reading are still in them. Shared with Cantonese.
     *
     * @return at least one sentence, possibly of no characters
     */
    public static List<String> sentences(String text) {
        StringBuilder cut = new StringBuilder(text.length() + text.length() / 8);
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == ' ' || CUT_OUT_BEFORE.indexOf(character) >= 0) {
                continue;
            }
            // An apostrophe belongs to the mark before it; marks of quotation are gone.
            boolean closes = character == '’' && !cut.isEmpty() && SENTENCE_ENDS.indexOf(cut.charAt(cut.length() - 1)) >= 0;
            if (!closes && !cut.isEmpty() && SENTENCE_ENDS.indexOf(cut.charAt(cut.length() - 1)) >= 0) {
                cut.append('\n');
            }
            cut.append(character);
            if (closes) {
                cut.append('\n');
            }
        }
        List<String> sentences = new ArrayList<>();
        for (String sentence : Characters.strip(cut.toString()).split("\n+", -1)) {
            sentences.add(inWords(Characters.strip(sentence)));
        }
        return sentences;
    }

    /** The text as Mandarin reads it: nothing but Chinese characters and the marks {@code ! ? … , . -}, of these never two in a row. */
    public static String normalize(String text) {
        return withoutRunsOfMarks(sentences(text).stream().map(MandarinNormalizer::filter).collect(Collectors.joining()));
    }

    private static String inWords(String sentence) {
        String simplified = simplify(sentence);
        if (simplified.chars().noneMatch(MandarinNormalizer::needsWords)) {
            return simplified;
        }
        String words = Quantities.expand(Telephones.expand(Formulas.expand(Measures.expand(Chronology.expand(simplified)))));
        StringBuilder named = new StringBuilder(words.length());
        for (char character : words.toCharArray()) {
            String name = NAMES.get(character);
            if (name != null) {
                named.append(name);
            } else if (CUT_OUT_AFTER.indexOf(character) < 0) {
                named.append(character);
            }
        }
        return named.toString();
    }

    /** Whether any of the steps may change the character: all look for digits, letters or signs, none of which is a Chinese character. */
    private static boolean needsWords(int character) {
        return (character < '一' || character > '\u9fff') && character != '，' && character != '。' && character != '、';
    }

    /** Simplified characters; full-width letters, and the digits of every script, as ASCII has them. */
    private static String simplify(String sentence) {
        SimplifiedCharacters table = SimplifiedCharacters.table();
        StringBuilder simplified = new StringBuilder(sentence.length());
        sentence.codePoints().forEach(point -> {
            if (Character.isDigit(point)) {
                simplified.append(Character.digit(point, 10));
            } else if ((point >= 'Ａ' && point <= 'Ｚ') || (point >= 'ａ' && point <= 'ｚ')) {
                simplified.append((char) (point - FULL_WIDTH));
            } else if (Character.isBmpCodePoint(point)) {
                simplified.append(table.simplify((char) point));
            } else {
                simplified.appendCodePoint(point);
            }
        });
        return simplified.toString();
    }

    private static String filter(String sentence) {
        StringBuilder kept = new StringBuilder(sentence.length());
        String shortened = sentence.replace("...", "…");
        for (char character : shortened.toCharArray()) {
            char mark = mark(character);
            if ((mark >= FIRST_CHARACTER && mark <= LAST_CHARACTER) || MARKS.indexOf(mark) >= 0) {
                kept.append(mark);
            }
        }
        return kept.toString();
    }

    private static char mark(char character) {
        return switch (character) {
            case '嗯' -> '恩';
            case '呣' -> '母';
            case '：', '；', '，', '·', '、', '/' -> ',';
            case '。', '\n', '$' -> '.';
            case '！' -> '!';
            case '？' -> '?';
            case '—' -> '-';
            case '~', '～' -> '…';
            default -> character;
        };
    }

    private static String withoutRunsOfMarks(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (char character : text.toCharArray()) {
            boolean repeats = !kept.isEmpty() && MARKS.indexOf(kept.charAt(kept.length() - 1)) >= 0 && MARKS.indexOf(character) >= 0;
            if (!repeats) {
                kept.append(character);
            }
        }
        return kept.toString();
    }

    private static Map<Character, String> names(String... signsAndNames) {
        Map<Character, String> names = new HashMap<>();
        for (String entry : signsAndNames) {
            names.put(entry.charAt(0), entry.substring(1));
        }
        return Map.copyOf(names);
    }
}
