package io.utter.speech;

import io.utter.text.CutMethod;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a text is taken apart, for callers who want it otherwise than it is best for streaming.
 *
 * @param cut upstream's way of cutting it
 * @param pauseSeconds silence between the pieces
 * @param pauseAtEnd whether as much silence comes after the last piece
 */
public record Phrasing(Optional<CutMethod> cut, OptionalDouble pauseSeconds, boolean pauseAtEnd) {
    /** As it is best for streaming. */
    public static final Phrasing USUAL = new Phrasing(Optional.empty(), OptionalDouble.empty(), false);
}
