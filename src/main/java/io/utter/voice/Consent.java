package io.utter.voice;

/**
 * {@code consent.json}: a recording in which somebody agrees to having a voice made of theirs.
 *
 * @param id what requests call it
 * @param name for people
 * @param language of the recording, as a BCP 47 tag
 * @param created seconds since 1970
 */
public record Consent(String id, String name, String language, long created) {
    /** What an id looks like; also safe as a file name. */
    public static final String ID_PATTERN = "cons_[0-9a-f]{32}";

    /** The same by another name. */
    Consent named(String another) {
        return new Consent(id, another, language, created);
    }
}
