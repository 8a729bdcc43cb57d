package io.utter.text;

import java.util.Iterator;
import java.util.function.UnaryOperator;

/** A way of cutting a text into the pieces that are spoken one after another. */
@FunctionalInterface
public interface Cut {
    /**
     * The pieces in order, each ending in a mark at which a voice pauses. Finds them no earlier than they are asked for, as far as
     * the method allows. Empty when the text has no word character.
     *
     * @param written a part of the text as the writer has it: for lengths, where a character stands for a word with a reading of its own
     */
    Iterator<String> pieces(String text, Language language, UnaryOperator<String> written);

    /** The pieces of a text in which every character is itself. */
    default Iterator<String> pieces(String text, Language language) {
        return pieces(text, language, UnaryOperator.identity());
    }
}
