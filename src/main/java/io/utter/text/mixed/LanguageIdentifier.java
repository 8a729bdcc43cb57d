package io.utter.text.mixed;

import java.util.List;

/** Tells the language of a short text. Thread-safe. */
public interface LanguageIdentifier {
    /**
     * A language that it may be.
     *
     * @param language code as fastText's model spells it ({@code zh}, {@code yue}, {@code ja}, ...)
     * @param probability up to 1, or a little more
     */
    record Guess(String language, double probability) {}

    /**
     * The likeliest languages, the likeliest first; possibly none.
     *
     * @param most how many at most
     * @param least probability of each at least
     */
    List<Guess> identify(String text, int most, double least);
}
