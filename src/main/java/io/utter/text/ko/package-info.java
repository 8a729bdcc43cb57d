/**
 * Korean, as upstream reads it (spec/gpt-sovits.md 2.10, spec/text-frontend.md 6 and 9): {@link io.utter.text.ko.KoreanFrontEnd}.
 *
 * <p>Between the letters of the text and the phones lie the rules of g2pk2, which change how syllables meet. They work on conjoining jamo:
 * a syllable is an onset (U+1100 to U+1112), a vowel (U+1161 to U+1175) and perhaps a coda (U+11A8 to U+11C2), each a character. The source
 * names them by escapes, because an onset and a coda of the same letter look alike on the screen.
 */
package io.utter.text.ko;
