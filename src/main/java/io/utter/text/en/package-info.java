/**
 * English: {@link io.utter.text.en.EnglishFrontEnd} writes a piece of text as it is read aloud ({@code EnglishNormalizer}), takes it apart
 * ({@code TweetTokenizer}), and finds the phones of every word ({@code WordPronouncer}; {@code Homograph} with {@code PerceptronTagger}
 * where a spelling has two).
 *
 * <p>Everything here follows upstream, also where it is odd: voices were trained on phones made this way, and the golden files of the
 * tests hold every step. Only {@code FrequencySegmenter} is our own and may be improved. The tables beside these classes are written by
 * {@code tools/text-data/build.py}; their origins and licences are in NOTICE.
 */
package io.utter.text.en;
