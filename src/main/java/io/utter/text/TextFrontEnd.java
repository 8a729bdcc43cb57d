package io.utter.text;

import io.utter.error.UtterException.Failed;
import io.utter.error.UtterException.InvalidInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Text to phones: the entry point of this package. Thread-safe.
 *
 * <p>Built from the languages that are there and what tells them apart, for instance
 * {@code new TextFrontEnd(List.of(new EnglishFrontEnd()), LanguageSegmentation.NAMED)}; the others are refused by name.
 */
public final class TextFrontEnd {
    /** Upstream says anything shorter once more behind a full stop, because the network swallows very short sentences. */
    private static final int FEWEST_PHONES = 6;

    private static final Pattern SPACES = Pattern.compile(" {2,}");

    private final List<LanguageFrontEnd> frontEnds;
    private final LanguageSegmentation segmentation;
    private final Cut sentenceCut = new SentenceCut();

    /** @throws IllegalArgumentException when two front ends speak the same language to the same voices */
    public TextFrontEnd(Collection<? extends LanguageFrontEnd> frontEnds, LanguageSegmentation segmentation) {
        this.frontEnds = List.copyOf(frontEnds);
        this.segmentation = segmentation;
        for (SymbolTable symbols : List.of(SymbolTable.V1, SymbolTable.V2)) {
            List<Language> languages = languages(symbols).toList();
            if (languages.size() > languages.stream().distinct().count()) {
                throw new IllegalArgumentException("two front ends for one language: " + languages);
            }
        }
    }

    private Stream<Language> languages(SymbolTable symbols) {
        return frontEnds.stream().filter(frontEnd -> frontEnd.suits(symbols)).map(LanguageFrontEnd::language);
    }

    /**
     * The sentences of a text in order, cut for streaming ({@link SentenceCut}).
     *
     * @see #sentences(String, LanguageMode, SymbolTable, Lexicon, Cut)
     */
    public Iterator<Sentence> sentences(String text, LanguageMode mode, SymbolTable symbols, Lexicon lexicon) {
        return sentences(text, mode, symbols, lexicon, sentenceCut);
    }

    /**
     * The sentences of a text in order. The first is ready when this returns; each later one is normalised and pronounced when the
     * iterator is asked for it. The iterator belongs to one thread at a time.
     *
     * @param text may hold {@link Markup}
     * @throws InvalidInput about {@code language} ({@code unsupported_language}), or about {@code input}: {@code empty_input} when the
     *     text is blank, {@code nothing_to_say} when it holds no word that the language can say, {@code bad_reading} when a marked
     *     reading means nothing
     * @throws Failed ({@code bad_lexicon}) when a reading of the lexicon means nothing
     */
    public Iterator<Sentence> sentences(String text, LanguageMode mode, SymbolTable symbols, Lexicon lexicon, Cut cut) {
        checkSpoken(mode, symbols);
        if (Characters.isBlank(text)) {
            throw new InvalidInput("input", "empty_input", "The text is empty: send at least one word.");
        }
        Markup markup = Markup.parse(text, mode, lexicon);
        Speaker speaker = new Speaker(mode, symbols, markup);
        Language marks = mode.language().orElseGet(() -> Scripts.language(text).orElse(Language.ENGLISH));
        PassagePieces pieces = new PassagePieces(markup.passages(), passage -> cut.pieces(passage, marks, markup::written));
        Iterator<Sentence> sentences = new SpokenSentences(pieces, speaker::speak);
        if (!sentences.hasNext()) {
            throw new InvalidInput("input", "nothing_to_say", "The text holds no word that can be said in "
                    + mode.language().map(Language::toString).orElse("any language") + ".");
        }
        return sentences;
    }

    /**
     * The transcript of a reference recording, not cut (spec/gpt-sovits.md 2.1, "Prompt text").
     *
     * @throws InvalidInput about {@code language} ({@code unsupported_language}) or about {@code transcript}
     *     ({@code empty_prompt_text}, {@code prompt_text_too_long})
     */
    public Sentence prompt(String transcript, LanguageMode mode, SymbolTable symbols) {
        checkSpoken(mode, symbols);
        Language marks = mode.language().orElseGet(() -> Scripts.language(transcript).orElse(Language.ENGLISH));
        return sentence(PromptText.complete(transcript, marks), mode, symbols);
    }

    /**
     * One piece of text as it is, marks included: upstream's {@code get_phones_and_bert(text, language, version)} without the BERT features.
     * For text that is already cut; takes time in proportion to its length.
     *
     * @throws InvalidInput about {@code language} ({@code unsupported_language})
     */
    public Sentence sentence(String piece, LanguageMode mode, SymbolTable symbols) {
        checkSpoken(mode, symbols);
        return new Speaker(mode, symbols, Markup.none()).speak(new PassagePieces.Piece(Optional.empty(), piece));
    }

    /**
     * Checks the readings of a lexicon, as far as that takes no language's tables, which would have to be read for it: their phones and syllables,
     * and that others hold a word.
     *
     * @throws Failed ({@code bad_lexicon}) that names the first line whose reading voices with that table cannot say
     */
    public void check(Lexicon lexicon, SymbolTable symbols) {
        Readings readings = new Readings(LanguageMode.AUTO, symbols, new Speaker(LanguageMode.AUTO, symbols, Markup.none()));
        lexicon.entries().forEach(readings::check);
    }

    private void checkSpoken(LanguageMode mode, SymbolTable symbols) {
        mode.language().filter(language -> frontEnd(language, symbols).isEmpty()).ifPresent(language -> {
            String supported = languages(symbols).map(Language::toString).collect(Collectors.joining(", "));
            throw new InvalidInput("language", "unsupported_language", language + " is not spoken by this model. It speaks " + supported + ".");
        });
    }

    private Optional<LanguageFrontEnd> frontEnd(Language language, SymbolTable symbols) {
        return frontEnds.stream().filter(frontEnd -> frontEnd.language() == language && frontEnd.suits(symbols)).findFirst();
    }

    /** Says pieces of one text. */
    private final class Speaker implements Readings.Speaking {
        private final LanguageMode mode;
        private final SymbolTable symbols;
        private final Markup markup;
        private final List<Segment> marked;

        Speaker(LanguageMode mode, SymbolTable symbols, Markup markup) {
            this.mode = mode;
            this.symbols = symbols;
            this.markup = markup;
            Readings readings = new Readings(mode, symbols, this);
            this.marked = markup.words().stream().map(readings::segment).toList();
        }

        Sentence speak(PassagePieces.Piece piece) {
            String spaced = SPACES.matcher(piece.text()).replaceAll(" ");
            List<Segment> segments = segments(spaced);
            if (segments.stream().mapToInt(segment -> segment.phones().size()).sum() < FEWEST_PHONES) {
                segments = segments("." + spaced);
            }
            return new Sentence(markup.written(piece.text()), segments, symbols, piece.pauseBefore());
        }

        private List<Segment> segments(String text) {
            if (marked.isEmpty() || text.chars().noneMatch(Markup::isPlace)) {
                return runs(text, mode, LanguageFrontEnd::pronounce);
            }
            String inner = Characters.strip(text);
            List<Segment> segments = new ArrayList<>();
            int start = 0;
            for (int at = 0; at < inner.length(); at++) {
                if (Markup.isPlace(inner.charAt(at))) {
                    Segment word = marked.get(Markup.word(inner.charAt(at)));
                    addPart(inner.substring(start, at), word.language(), segments);
                    segments.add(word);
                    start = at + 1;
                }
            }
            addPart(inner.substring(start), segments.getLast().language(), segments);
            return segments;
        }

        /**
         * What stands beside a marked word. Segmentation loses white space at the ends of a text, and marks alone, which languages may say.
         *
         * @param first the language of marks and spaces that nothing is before
         */
        private void addPart(String part, Language first, List<Segment> segments) {
            String inner = Characters.strip(part);
            if (!part.isEmpty() && Characters.isSpace(part.charAt(0))) {
                addSilent(" ", first, segments);
            }
            if (!inner.isEmpty()) {
                List<Segment> said = part(inner, mode);
                if (said.stream().allMatch(segment -> segment.phones().isEmpty())) {
                    addSilent(inner, first, segments);
                } else {
                    segments.addAll(said);
                }
                if (Characters.isSpace(part.charAt(part.length() - 1))) {
                    addSilent(" ", first, segments);
                }
            }
        }

        /** Adds what is no word, if the language of what is before it says it. */
        private void addSilent(String silent, Language first, List<Segment> segments) {
            Language language = segments.isEmpty() ? first : segments.getLast().language();
            frontEnd(language).map(frontEnd -> Segment.of(language, silent, frontEnd.pronouncePart(silent), symbols, false))
                    .filter(segment -> !segment.phones().isEmpty()).ifPresent(segments::add);
        }

        @Override
        public List<Segment> part(String text, LanguageMode mode) {
            return runs(text, mode, LanguageFrontEnd::pronouncePart);
        }

        @Override
        public Optional<LanguageFrontEnd> frontEnd(Language language) {
            return TextFrontEnd.this.frontEnd(language, symbols);
        }

        private interface Saying {
            Pronunciation of(LanguageFrontEnd frontEnd, String text);
        }

        /** Upstream says nothing where a run is in a language that the voice does not speak. */
        private List<Segment> runs(String text, LanguageMode mode, Saying saying) {
            List<Segment> segments = new ArrayList<>();
            for (LanguageRun found : segmentation.runs(text, mode)) {
                LanguageRun run = frontEnd(found.language()).isPresent() ? found : LanguageRun.SILENT;
                frontEnd(run.language()).ifPresent(frontEnd ->
                        segments.add(Segment.of(run.language(), run.text(), saying.of(frontEnd, run.text()), symbols, false)));
            }
            return segments;
        }
    }
}
