package io.utter.text;

import io.utter.error.UtterException;
import io.utter.error.UtterException.Failed;
import io.utter.error.UtterException.InvalidInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds what a marked word's reading means ({@link Markup}). */
final class Readings {
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern SYLLABLE = Pattern.compile("[a-zü:]+[0-9]");

    private static final String SAYS_NOTHING = "it says nothing";

    private final LanguageMode mode;
    private final SymbolTable symbols;
    private final Speaking speaking;

    /** How text is said otherwise. */
    interface Speaking {
        /** The segments of a part of a text. */
        List<Segment> part(String text, LanguageMode mode);

        Optional<LanguageFrontEnd> frontEnd(Language language);
    }

    Readings(LanguageMode mode, SymbolTable symbols, Speaking speaking) {
        this.mode = mode;
        this.symbols = symbols;
        this.speaking = speaking;
    }

    /**
     * @throws InvalidInput about {@code input} ({@code bad_reading}) if it means nothing
     * @throws Failed ({@code bad_lexicon}) if it means nothing and stands in the lexicon
     */
    Segment segment(Markup.Word word) {
        Optional<Segment> said = withoutTables(word);
        return said.isPresent() ? said.get() : spelled(word);
    }

    /**
     * As much as can be known without the tables of a language: whether there are such phones or syllables, or else a word.
     *
     * @throws Failed ({@code bad_lexicon})
     */
    void check(Lexicon.Entry entry) {
        Markup.Word word = new Markup.Word(entry.word(), entry.reading(), Optional.of(entry));
        if (speaking.frontEnd(entry.language()).isEmpty()) {
            throw bad(word, "the voice does not speak " + entry.language().displayName());
        }
        if (withoutTables(word).isEmpty() && !Characters.hasWord(entry.reading())) {
            throw bad(word, SAYS_NOTHING);
        }
    }

    /** Empty for another spelling. */
    private Optional<Segment> withoutTables(Markup.Word word) {
        String reading = word.reading();
        if (reading.length() > 1 && reading.startsWith("/") && reading.endsWith("/")) {
            Language language = word.language().orElseGet(() -> language(word.word()));
            return Optional.of(marked(language, word, phones(word, reading.substring(1, reading.length() - 1).strip())));
        }
        List<String> syllables = List.of(SPACE.split(reading));
        boolean romanized = syllables.stream().allMatch(syllable -> SYLLABLE.matcher(syllable).matches());
        return romanized ? Optional.of(romanized(chinese(word), word, syllables)) : Optional.empty();
    }

    private Segment spelled(Markup.Word word) {
        List<Segment> said = speaking.part(word.reading(), word.language().map(LanguageMode::of).orElse(mode));
        List<String> phones = said.stream().flatMap(segment -> segment.phones().stream()).toList();
        if (said.stream().noneMatch(Segment::says)) {
            throw bad(word, SAYS_NOTHING);
        }
        return marked(said.getFirst().language(), word, phones);
    }

    private Segment marked(Language language, Markup.Word word, List<String> phones) {
        return new Segment(language, word.word(), word.word(), phones, List.of(), List.of(new SpokenWord(word.word(), phones.size())), true);
    }

    private List<String> phones(Markup.Word word, String reading) {
        List<String> phones = List.of(SPACE.split(reading));
        phones.stream().filter(phone -> !symbols.contains(phone)).findFirst().ifPresent(phone -> {
            throw bad(word, "the voice has no phone " + phone);
        });
        return phones;
    }

    /** Each syllable belongs to a character, if there are as many of them; else all to the first. */
    private Segment romanized(Language language, Markup.Word word, List<String> syllables) {
        LanguageFrontEnd frontEnd = speaking.frontEnd(language).orElseThrow(() -> bad(word, "the voice does not speak " + language.displayName()));
        List<String> phones = new ArrayList<>();
        Integer[] counts = new Integer[word.word().length()];
        Arrays.fill(counts, 0);
        for (int i = 0; i < syllables.size(); i++) {
            String syllable = syllables.get(i);
            List<String> parts = frontEnd.syllable(syllable)
                    .orElseThrow(() -> bad(word, language.displayName() + " has no syllable " + syllable));
            phones.addAll(parts);
            counts[syllables.size() == counts.length ? i : 0] += parts.size();
        }
        SpokenWord spoken = new SpokenWord(word.word(), String.join(" ", syllables), phones.size());
        return new Segment(language, word.word(), word.word(), phones.stream().map(symbols::known).toList(), List.of(counts), List.of(spoken), true);
    }

    private Language chinese(Markup.Word word) {
        boolean cantonese = mode == LanguageMode.AUTO_YUE || mode.language().filter(Language.CANTONESE::equals).isPresent();
        return word.language().orElse(cantonese ? Language.CANTONESE : Language.MANDARIN);
    }

    private Language language(String word) {
        return mode.language().orElseGet(() -> Scripts.language(word).orElse(Language.ENGLISH));
    }

    private static UtterException bad(Markup.Word word, String why) {
        String message = "The reading of " + word.word() + " cannot be said: " + why
                + ". A reading is phones between slashes, syllables with tones, or another spelling.";
        return word.entry().isPresent() ? new Failed("bad_lexicon", "Line " + word.entry().get().line() + " of the lexicon: " + message, null)
                : new InvalidInput("input", "bad_reading", message);
    }
}
