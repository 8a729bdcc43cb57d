/**
 * Mandarin, read with dictionaries or, where it is there, with g2pW ({@link io.utter.text.zh.Polyphones}): {@link io.utter.text.zh.MandarinNormalizer} writes a piece of text as it is read aloud.
 *
 * <p>Everything here follows upstream, also where it is odd: voices were trained on phones made this way, and the golden files of the
 * tests hold every step. The tables beside these classes are written by {@code tools/text-data/build.py}; their origins and licences are
 * in NOTICE.
 */
package io.utter.text.zh;
