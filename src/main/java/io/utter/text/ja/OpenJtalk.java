package io.utter.text.ja;

import io.utter.text.SpokenWord;
import java.util.List;

/** Text without marks to phones with marks for the pitch, as Open JTalk 1.11 reads it. Thread-safe. */
final class OpenJtalk {
    private final Dictionary dictionary = new Dictionary();
    private final WideText wideText;
    private final UnknownWords unknownWords;
    private final DigitSequences digitSequences;
    private final Counters counters;
    private final Prosody prosody;

    OpenJtalk() {
        Rules rules = new Rules();
        this.wideText = new WideText(rules);
        this.unknownWords = new UnknownWords(rules);
        this.digitSequences = new DigitSequences(rules);
        this.counters = new Counters(rules);
        this.prosody = new Prosody(rules);
    }

    /** Adds what the text is said with to the phones, and its words to the others. */
    void read(String text, List<String> phones, List<SpokenWord> spoken) {
        Utterance words = dictionary.words(wideText.widen(text));
        unknownWords.pronounce(words);
        if (hasNumber(words)) {
            digitSequences.read(words);
            counters.read(words);
        }
        AccentPhrases.join(words);
        AccentTypes.set(words);
        prosody.write(words, phones, spoken);
    }

    private static boolean hasNumber(Utterance words) {
        for (Word word = words.first(); word != null; word = word.after) {
            if (word.isNumber()) {
                return true;
            }
        }
        return false;
    }
}
