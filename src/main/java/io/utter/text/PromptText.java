package io.utter.text;

import io.utter.error.UtterException.InvalidInput;

/** The words spoken in a reference recording, made ready to be pronounced. */
final class PromptText {
    /** A reference lasts ten seconds at most; nobody says this much in that time. */
    private static final int LONGEST = 1_000;

    private PromptText() {}

    static String complete(String transcript, Language language) {
        String text = Marks.stripLineFeeds(transcript);
        if (Characters.isBlank(text)) {
            throw new InvalidInput("transcript", "empty_prompt_text", "The transcript of the reference recording is empty.");
        }
        if (text.length() > LONGEST) {
            throw new InvalidInput("transcript", "prompt_text_too_long",
                    "The transcript of the reference recording is longer than " + LONGEST + " characters.");
        }
        return Marks.ended(text, language);
    }
}
