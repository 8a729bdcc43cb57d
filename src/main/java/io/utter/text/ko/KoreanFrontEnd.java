package io.utter.text.ko;

import io.utter.text.Language;
import io.utter.text.LanguageFrontEnd;
import io.utter.text.Pronunciation;
import io.utter.text.SpokenWord;
import io.utter.text.SymbolTable;
import io.utter.text.table.Later;
import java.util.ArrayList;
import java.util.List;

/**
 * Korean, as upstream reads it (spec/gpt-sovits.md 2.10). Phones are letters of Hangul, {@code 空} for a space and {@code 停} for whatever
 * has no phone. The text is not normalised. Opening one costs nothing; the tables are read with the first piece.
 */
public final class KoreanFrontEnd implements LanguageFrontEnd {
    private static final String SPACE_PHONE = "空";
    private static final String UNKNOWN_PHONE = "停";

    private final Later<Tables> tables = new Later<>(Tables::load);

    @Override
    public Language language() {
        return Language.KOREAN;
    }

    @Override
    public boolean suits(SymbolTable symbols) {
        return symbols == SymbolTable.V2;
    }

    @Override
    public Pronunciation pronounce(String piece) {
        return said(piece, Letters.finished(letters(piece)));
    }

    @Override
    public Pronunciation pronouncePart(String part) {
        return said(part, letters(part));
    }

    private String letters(String piece) {
        return Letters.of(tables.get().spoken(LatinLetters.spell(piece)));
    }

    private static Pronunciation said(String text, String letters) {
        List<String> phones = phones(letters);
        return new Pronunciation(text, phones, List.of(), words(text, phones));
    }

    /** What stands between spaces; none where a space was lost or put in, so that nobody knows which phones belong to it. */
    private static List<SpokenWord> words(String text, List<String> phones) {
        List<SpokenWord> words = new ArrayList<>();
        int phone = 0;
        for (int start = 0; start <= text.length(); ) {
            int space = text.indexOf(' ', start);
            int end = space < 0 ? text.length() : space;
            int first = phone;
            while (phone < phones.size() && !phones.get(phone).equals(SPACE_PHONE)) {
                phone++;
            }
            if (end > start) {
                words.add(new SpokenWord(text.substring(start, end), phone - first));
            }
            if (phone < phones.size() != end < text.length() || start == end && phone > first) {
                return List.of();
            }
            if (phone < phones.size()) {
                words.add(new SpokenWord(" ", 1));
                phone++;
            }
            start = end + 1;
        }
        return words;
    }

    private static List<String> phones(String letters) {
        List<String> phones = new ArrayList<>(letters.length());
        letters.codePoints().forEach(point -> phones.add(phone(point)));
        return phones;
    }

    private static String phone(int point) {
        String phone = switch (point) {
            case ' ' -> SPACE_PHONE;
            case '：', '；', '，', '·', '、' -> ",";
            case '。', '\n' -> ".";
            case '！' -> "!";
            case '？' -> "?";
            default -> Character.toString(point);
        };
        return SymbolTable.V2.contains(phone) ? phone : UNKNOWN_PHONE;
    }

    private record Tables(Idioms idioms, WordMarks marks, CodaTable codas) {
        static Tables load() {
            return new Tables(Idioms.load(), WordMarks.load(), CodaTable.load());
        }

        /** The text as it sounds, in conjoining jamo. */
        String spoken(String text) {
            String words = Numerals.spell(marks.apply(idioms.apply(text)));
            return codas.apply(SoundChanges.apply(Jamo.decompose(words)));
        }
    }
}
