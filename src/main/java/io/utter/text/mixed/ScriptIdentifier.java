package io.utter.text.mixed;

import io.utter.text.Scripts;
import java.util.List;

/**
 * The language by script alone, for where there is no model: Japanese where there are kana, Korean where there is Hangul, Chinese where there
 * are Chinese characters, English where there are Latin letters. Takes Japanese that is written without kana for Chinese.
 */
public final class ScriptIdentifier implements LanguageIdentifier {
    @Override
    public List<Guess> identify(String text, int most, double least) {
        return Scripts.language(text).map(language -> new Guess(language.code(), 1)).stream().toList();
    }
}
