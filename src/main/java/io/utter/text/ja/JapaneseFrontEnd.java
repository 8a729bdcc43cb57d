package io.utter.text.ja;

import io.utter.text.Language;
import io.utter.text.LanguageFrontEnd;
import io.utter.text.Pronunciation;
import io.utter.text.SpokenWord;
import io.utter.text.table.Later;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Japanese, as upstream reads it (spec/gpt-sovits.md 2.9): what is between two marks is read by Open JTalk. Dictionary and rules are read
 * when the first piece is pronounced.
 */
public final class JapaneseFrontEnd implements LanguageFrontEnd {
    private static final Pattern REPEATED_MARKS = Pattern.compile("([!?…,.\\-])[!?…,.\\-]++");

    private final Later<OpenJtalk> openJtalk = new Later<>(OpenJtalk::new);

    @Override
    public Language language() {
        return Language.JAPANESE;
    }

    @Override
    public Pronunciation pronounce(String piece) {
        String normalized = REPEATED_MARKS.matcher(piece).replaceAll("$1");
        String text = normalized.replace("％", "パーセント").toLowerCase(Locale.ROOT);
        List<String> phones = new ArrayList<>();
        List<SpokenWord> words = new ArrayList<>();
        int start = 0; // of what follows the last mark
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            int next = at + Character.charCount(point);
            if (!isJapanese(point)) {
                read(text.substring(start, at), phones, words);
                if (point != ' ') {
                    phones.add(mark(point));
                    words.add(new SpokenWord(Character.toString(point), 1));
                }
                start = next;
            }
            at = next;
        }
        read(text.substring(start), phones, words);
        return new Pronunciation(normalized, phones, List.of(), words);
    }

    private void read(String text, List<String> phones, List<SpokenWord> words) {
        if (!text.isEmpty()) {
            openJtalk.get().read(text, phones, words);
        }
    }

    private static String mark(int point) {
        return switch (point) {
            case '：', '；', '，', '、', '·' -> ",";
            case '。', '\n' -> ".";
            case '！' -> "!";
            case '？' -> "?";
            default -> Character.toString(point);
        };
    }

    /** What upstream does not cut at: letters, digits of any script, kana and kanji; among the rest are 〇 and the full-width zero. */
    private static boolean isJapanese(int point) {
        return point >= 'a' && point <= 'z' || point >= 'A' && point <= 'Z'
                || point == '々' || point >= 0x3040 && point <= 0x30ff || point >= 0x4e00 && point <= 0x9fff
                || point >= 0xff66 && point <= 0xff9d || point >= 0xff41 && point <= 0xff5a || point >= 0xff21 && point <= 0xff3a
                || Character.getType(point) == Character.DECIMAL_DIGIT_NUMBER;
    }
}
