/**
 * Which parts of a text are in which language, as upstream finds out: {@link io.utter.text.mixed.LanguageSegmenter} takes a text apart as
 * split-lang does ({@code SplitLang}: by script, then by BudouX's phrases, then by {@link io.utter.text.mixed.LanguageIdentifier}) and puts the
 * parts together as GPT-SoVITS's LangSegmenter does. Golden files hold it to upstream's results, quirks included.
 */
package io.utter.text.mixed;
