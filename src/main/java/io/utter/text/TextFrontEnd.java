package io.utter.text;

import io.utter.error.UtterException.InvalidInput;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text to phones: the entry point of this package. Thread-safe.
 *
 * <p>Built from the languages that are there, for instance {@code new TextFrontEnd(List.of(new EnglishFrontEnd()))}; the others are
 * refused by name.
 */
public final class TextFrontEnd {
    /** Upstream says anything shorter once more behind a full stop, because the network swallows very short sentences. */
    private static final int FEWEST_PHONES = 6;

    private static final Pattern SPACES = Pattern.compile(" {2,}");

    private final Map<Language, LanguageFrontEnd> frontEnds = new EnumMap<>(Language.class);
    private final Cut sentenceCut = new SentenceCut();

    /** @throws IllegalArgumentException when two front ends speak the same language */
    public TextFrontEnd(Collection<? extends LanguageFrontEnd> frontEnds) {
        this.frontEnds.putAll(frontEnds.stream().collect(Collectors.toMap(LanguageFrontEnd::language, Function.identity(), (a, b) -> {
            throw new IllegalArgumentException("two front ends for " + a.language());
        })));
    }

    /**
     * The sentences of a text in order, cut for streaming ({@link SentenceCut}).
     *
     * @see #sentences(String, Language, SymbolTable, Cut)
     */
    public Iterator<Sentence> sentences(String text, Language language, SymbolTable symbols) {
        return sentences(text, language, symbols, sentenceCut);
    }

    /**
     * The sentences of a text in order. The first is ready when this returns; each later one is normalised and pronounced when the
     * iterator is asked for it. The iterator belongs to one thread at a time.
     *
     * @throws InvalidInput about {@code language} ({@code unsupported_language}), or about {@code input}: {@code empty_input} when the
     *     text is blank, {@code nothing_to_say} when it holds no word that the language can say
     */
    public Iterator<Sentence> sentences(String text, Language language, SymbolTable symbols, Cut cut) {
        LanguageFrontEnd frontEnd = frontEnd(language);
        if (Characters.isBlank(text)) {
            throw new InvalidInput("input", "empty_input", "The text is empty: send at least one word.");
        }
        Iterator<Sentence> sentences =
                new SpokenSentences(cut.pieces(text, language), piece -> speak(piece, frontEnd, symbols));
        if (!sentences.hasNext()) {
            throw new InvalidInput("input", "nothing_to_say", "The text holds no word that can be said in " + language + ".");
        }
        return sentences;
    }

    /**
     * The transcript of a reference recording, not cut (spec/gpt-sovits.md 2.1, "Prompt text").
     *
     * @throws InvalidInput about {@code language} ({@code unsupported_language}) or about {@code prompt_text}
     *     ({@code empty_prompt_text}, {@code prompt_text_too_long})
     */
    public Sentence prompt(String transcript, Language language, SymbolTable symbols) {
        LanguageFrontEnd frontEnd = frontEnd(language);
        return speak(PromptText.complete(transcript, language), frontEnd, symbols);
    }

    /**
     * One piece of text as it is: upstream's {@code get_phones_and_bert(text, language, version)} without the BERT features.
     * For text that is already cut; takes time in proportion to its length.
     *
     * @throws InvalidInput about {@code language} ({@code unsupported_language})
     */
    public Sentence sentence(String piece, Language language, SymbolTable symbols) {
        return speak(piece, frontEnd(language), symbols);
    }

    private static Sentence speak(String piece, LanguageFrontEnd frontEnd, SymbolTable symbols) {
        String spaced = SPACES.matcher(piece).replaceAll(" ");
        Pronunciation pronunciation = frontEnd.pronounce(spaced);
        if (pronunciation.phones().size() < FEWEST_PHONES) {
            pronunciation = frontEnd.pronounce("." + spaced);
        }
        return Sentence.of(piece, pronunciation, symbols);
    }

    private LanguageFrontEnd frontEnd(Language language) {
        LanguageFrontEnd frontEnd = frontEnds.get(language);
        if (frontEnd == null) {
            String supported = frontEnds.keySet().stream().map(Language::toString).collect(Collectors.joining(", "));
            throw new InvalidInput("language", "unsupported_language", language + " is not supported yet. Supported: " + supported + ".");
        }
        return frontEnd;
    }
}
