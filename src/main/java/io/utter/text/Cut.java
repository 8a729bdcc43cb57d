package io.utter.text;

import java.util.Iterator;

/** A way of cutting a text into the pieces that are spoken one after another. */
@FunctionalInterface
public interface Cut {
    /**
     * The pieces in order, each ending in a mark at which a voice pauses. Finds them no earlier than they are asked for, as far as
     * the method allows. Empty when the text has no word character.
     */
    Iterator<String> pieces(String text, Language language);
}
