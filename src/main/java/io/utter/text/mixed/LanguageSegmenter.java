package io.utter.text.mixed;

import io.utter.text.Characters;
import io.utter.text.Language;
import io.utter.text.LanguageMode;
import io.utter.text.LanguageRun;
import io.utter.text.LanguageSegmentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Upstream's segmentation of mixed text (spec/gpt-sovits.md 2.3): split-lang's parts put together by GPT-SoVITS's LangSegmenter. */
public final class LanguageSegmenter implements LanguageSegmentation {
    private static final String MARKS = ",.!?，。！？";
    private static final String NONE = "";

    private final SplitLang splitter;

    public LanguageSegmenter(LanguageIdentifier identifier) {
        this.splitter = new SplitLang(identifier);
    }

    @Override
    public List<LanguageRun> runs(String text, LanguageMode mode) {
        return switch (mode) {
            case EN -> List.of(new LanguageRun(Language.ENGLISH, text));
            case ALL_ZH, ALL_JA, ALL_KO -> runs(parts(text, mode.language().orElseThrow().code()));
            case ALL_YUE -> runs(inCantonese(parts(text, "zh")));
            case AUTO -> runs(parts(text, NONE));
            case AUTO_YUE -> runs(inCantonese(parts(text, NONE)));
            case ZH, JA, KO, YUE -> runs(allBut("en", parts(text, NONE), mode.language().orElseThrow().code()));
        };
    }

    private static List<Part> inCantonese(List<Part> parts) {
        parts.stream().filter(part -> part.is("zh")).forEach(part -> part.language = "yue");
        return parts;
    }

    private static List<Part> allBut(String kept, List<Part> parts, String language) {
        parts.stream().filter(part -> !part.is(kept)).forEach(part -> part.language = language);
        return Part.merged(parts);
    }

    private static List<LanguageRun> runs(List<Part> parts) {
        return parts.stream().map(part -> Language.of(part.language).map(language -> new LanguageRun(language, part.text())).orElse(LanguageRun.SILENT))
                .toList();
    }

    /** @param language of all that is not English; {@link #NONE} to find it out */
    private List<Part> parts(String text, String language) {
        List<Part> parts = new ArrayList<>();
        for (Part part : splitter.split(text)) {
            if (part.is(Part.DIGIT)) {
                part.language = language.equals(NONE) ? Part.DIGIT : language;
                Part.add(parts, part);
            } else if (isEnglish(part.text())) {
                part.language = "en";
                Part.add(parts, part);
            } else if (!language.equals(NONE)) {
                part.language = language;
                Part.add(parts, part);
            } else {
                addByScript(parts, part);
            }
        }
        return unknownResolved(digitsResolved(parts));
    }

    /** Whether all of it is what English texts consist of, with a letter in the first line. */
    private static boolean isEnglish(String text) {
        boolean letter = false;
        boolean firstLine = true;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int point = text.codePointAt(at);
            firstLine &= point != '\n';
            letter |= firstLine && (point >= 'A' && point <= 'Z' || point >= 'a' && point <= 'z');
            boolean fits = point >= 0x20 && point <= 0x7e || point >= 0x2000 && point <= 0x206f || point >= 0x3000 && point <= 0x303f
                    || point >= 0xff00 && point <= 0xffef || Characters.isSpace(point);
            if (!fits) {
                return false;
            }
        }
        return letter;
    }

    /** Takes kana and Hangul out of what is labelled otherwise. */
    private static void addByScript(List<Part> parts, Part part) {
        List<Part> byKana = part.is("ja") ? List.of(part) : divided(part, "ja", LanguageSegmenter::isKana);
        List<Part> byScript = new ArrayList<>();
        List<Part> korean = List.of(); // upstream forgets to empty it: a Korean part brings back the parts before it
        for (Part piece : byKana) {
            if (!piece.is("ko")) {
                korean = divided(piece, "ko", LanguageSegmenter::isHangul);
            }
            byScript.addAll(korean.isEmpty() ? List.of(piece) : korean);
        }
        if (byScript.size() == 1) {
            addKnown(parts, part);
        } else {
            byScript.forEach(piece -> addKnown(parts, new Part(piece.language, piece.text())));
        }
    }

    /** Divides a text into runs of letters of one script, with the digits, marks and spaces behind them, and the rest. */
    private static List<Part> divided(Part part, String language, IntPredicate letter) {
        String text = part.text();
        List<Part> pieces = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < text.length(); ) {
            if (!letter.test(text.charAt(at))) {
                at++;
                continue;
            }
            if (at > start) {
                pieces.add(new Part(part.language, text.substring(start, at)));
            }
            start = at;
            while (at < text.length() && (letter.test(text.charAt(at)) || isGlue(text.charAt(at)))) {
                at++;
            }
            pieces.add(new Part(language, text.substring(start, at)));
            start = at;
        }
        if (start < text.length()) {
            pieces.add(new Part(part.language, text.substring(start)));
        }
        return pieces;
    }

    /** Of what is in no known language only Chinese characters are kept, with digits and a few marks, if there are any of these. */
    private static void addKnown(List<Part> parts, Part part) {
        if (part.is(Part.UNKNOWN)) {
            StringBuilder kept = new StringBuilder();
            part.text().codePoints().filter(point -> isHan(point) || isGlue(point) || point == '/').forEach(kept::appendCodePoint);
            if (!kept.isEmpty()) {
                Part.add(parts, new Part("zh", kept.toString()));
                return;
            }
        }
        Part.add(parts, part);
    }

    /** Digits follow their neighbours. */
    private static List<Part> digitsResolved(List<Part> parts) {
        if (parts.stream().noneMatch(part -> part.is(Part.DIGIT))) {
            return parts;
        }
        List<Part> resolved = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (part.is(Part.DIGIT)) {
                Optional<Part> before = resolved.isEmpty() ? Optional.empty() : Optional.of(resolved.getLast());
                Optional<Part> after = i == parts.size() - 1 ? Optional.empty() : Optional.of(parts.get(i + 1));
                part.language = before.isPresent() && after.isPresent() ? betweenTwo(before.get(), part, after.get())
                        : before.or(() -> after).map(neighbour -> neighbour.language).orElse("zh");
            }
            Part.add(resolved, part);
        }
        return resolved;
    }

    private static String betweenTwo(Part before, Part digits, Part after) {
        String textBefore = before.text();
        if (before.is(after.language)) {
            return before.language;
        } else if (MARKS.indexOf(textBefore.charAt(textBefore.length() - 1)) >= 0) {
            return after.language;
        } else if (MARKS.indexOf(after.text().charAt(0)) >= 0 || "。.".indexOf(digits.text().charAt(digits.text().length() - 1)) >= 0) {
            return before.language;
        }
        return before.length() >= after.length() ? before.language : after.language;
    }

    /** What is still unknown follows what is before it, or else what is behind. */
    private static List<Part> unknownResolved(List<Part> parts) {
        List<Part> resolved = new ArrayList<>();
        for (Part part : parts) {
            if (part.is(Part.UNKNOWN)) {
                part.language = !resolved.isEmpty() ? resolved.getLast().language : parts.size() > 1 ? parts.get(1).language : "zh";
            }
            Part.add(resolved, part);
        }
        return resolved;
    }

    /** Digits, spaces and some marks; the first two of what upstream lists as three marks are the ends of a range. */
    private static boolean isGlue(int point) {
        return point >= '0' && point <= '9' || point >= '、' && point <= '〜' || "。！？.!?… ".indexOf(point) >= 0;
    }

    private static boolean isKana(int point) {
        return point >= 0x3041 && point <= 0x3096 || point == 0x3099 || point == 0x309a || point >= 0x30a1 && point <= 0x30fa || point == 0x30fc;
    }

    private static boolean isHangul(int point) {
        return point >= 0x1100 && point <= 0x11ff || point >= 0x3130 && point <= 0x318f || point >= 0xac00 && point <= 0xd7af;
    }

    private static boolean isHan(int point) {
        return point >= 0x4e00 && point <= 0x9fff || point >= 0x3400 && point <= 0x4db5 || point >= 0x20000 && point <= 0x2a6dd
                || point >= 0x2a700 && point <= 0x2ee5d || point >= 0x30000 && point <= 0x323af;
    }
}
