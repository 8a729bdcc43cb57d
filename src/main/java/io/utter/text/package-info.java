/**
 * Text to phones. {@link io.utter.text.TextFrontEnd} cuts a text into sentences, has each one normalised and pronounced by its
 * language's {@link io.utter.text.LanguageFrontEnd}, and gives the phones their ids in the voice's
 * {@link io.utter.text.SymbolTable}.
 *
 * <p>A language is a package of its own ({@code en}, later {@code zh ja ko yue}) that depends on this one, on the JDK and on nothing
 * else; it joins by being given to {@code TextFrontEnd}. Text in several languages at once will be split between them in front of
 * {@code TextFrontEnd#sentence}. {@link io.utter.text.CutMethod} and the English phones reproduce upstream to the last phone, held by
 * the golden files of the tests: a change there needs new golden lines. {@link io.utter.text.SentenceCut} is our own and may be improved
 * freely, as long as no word is lost or said twice.
 */
package io.utter.text;
