/**
 * Text to phones. {@link io.utter.text.TextFrontEnd} cuts a text into sentences, has each one divided by language
 * ({@link io.utter.text.LanguageSegmentation}), each part normalised and pronounced by its language's
 * {@link io.utter.text.LanguageFrontEnd}, and gives the phones their ids in the voice's {@link io.utter.text.SymbolTable}. Writers mark
 * readings and pauses in the text ({@code Markup}); owners of voices have a {@link io.utter.text.Lexicon}.
 *
 * <p>A language is a package of its own ({@code en zh ja ko yue}) that depends on this one, on the JDK and on nothing else; it joins by being
 * given to {@code TextFrontEnd}. {@code mixed} finds out which language is where. What several need is in {@code table} (data files, tries) and
 * {@code mecab} (morphology of Japanese and Korean). {@link io.utter.text.CutMethod}, the segmentation and the phones reproduce upstream to the
 * last one, held by the golden files of the tests: a change there needs new golden lines. {@link io.utter.text.SentenceCut} is our own and may
 * be improved freely, as long as no word is lost or said twice.
 */
package io.utter.text;
