package io.utter.text;

import java.util.List;

/** Finds out which parts of a text are in which language. Thread-safe. */
@FunctionalInterface
public interface LanguageSegmentation {
    /** One language for all of it, the one that the caller names; English where none is named. */
    LanguageSegmentation NAMED = (text, mode) -> List.of(new LanguageRun(mode.language().orElse(Language.ENGLISH), text));

    /** The parts in order. What no language can say may be missing. */
    List<LanguageRun> runs(String text, LanguageMode mode);
}
