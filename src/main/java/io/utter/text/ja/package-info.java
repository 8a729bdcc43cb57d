/**
 * Japanese: {@link io.utter.text.ja.JapaneseFrontEnd} cuts a piece at its marks; {@code OpenJtalk} reads what is between them, word by word
 * ({@code Dictionary}), as numbers and counters are said ({@code DigitSequences}, {@code Counters}), in accent phrases
 * ({@code AccentPhrases}, {@code AccentTypes}), and writes phones with marks for the pitch ({@code Prosody}).
 *
 * <p>Everything here follows Open JTalk 1.11 and upstream's {@code japanese.py}, also where they are odd: voices were trained on phones made
 * this way, and the golden files of the tests hold every step. Two things of theirs are left out because they cannot be heard: rules for
 * marks, which never reach Open JTalk, and unvoiced vowels, which upstream writes as voiced ones. The tables beside these classes are
 * written by {@code tools/text-data/build.py}; their origins and licences are in NOTICE.
 */
package io.utter.text.ja;
