package io.utter.text.ja;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Words of which the dictionary does not say how they are said: kana are said as they are written, the rest is a pause. Open JTalk's
 * {@code njd_set_pronunciation}.
 */
final class UnknownWords {
    private final Map<String, List<String>> kana;
    private final PrefixTable kanaByPrefix;

    UnknownWords(Rules rules) {
        this.kana = rules.rows("njd_set_pronunciation_list", 3);
        this.kanaByPrefix = new PrefixTable(kana);
    }

    void pronounce(Utterance words) {
        for (Word word = words.first(); word != null; word = word.after) {
            if (word.moras == 0) {
                pronounce(word);
            }
        }
        words.removeSilent();
        joinKana(words);
        lengthenVolition(words);
    }

    private void pronounce(Word word) {
        StringBuilder sounds = new StringBuilder();
        for (int at = 0; at < word.surface.length(); ) {
            Optional<List<String>> row = kanaByPrefix.find(word.surface, at);
            if (row.isPresent()) {
                at += row.get().getFirst().length();
                sounds.append(row.get().get(1));
                word.moras += Integer.parseInt(row.get().get(2));
            } else {
                at++;
            }
        }
        if (word.moras != 0) {
            word.partOfSpeech = word.partOfSpeech.asFiller();
        }
        if (sounds.isEmpty()) {
            sounds.append(Prosody.PAUSE);
            word.partOfSpeech = word.partOfSpeech.renamed(PartOfSpeech.SYMBOL);
        }
        word.pronunciation = sounds.toString();
    }

    /** Single kana in a row are one word. */
    private void joinKana(Utterance words) {
        Word head = null;
        StringBuilder surface = new StringBuilder();
        StringBuilder pronunciation = new StringBuilder();
        for (Word word = words.first(); word != null; word = word.after) {
            if (!word.partOfSpeech.is(PartOfSpeech.FILLER) || !kana.containsKey(word.surface)) {
                head = joined(head, surface, pronunciation);
            } else if (head == null) {
                head = word;
                surface.append(word.surface);
                pronunciation.append(word.pronunciation);
            } else {
                surface.append(word.surface);
                pronunciation.append(word.pronunciation);
                head.moras += word.moras;
                word.silence();
            }
        }
        joined(head, surface, pronunciation);
        words.removeSilent();
    }

    private static Word joined(Word head, StringBuilder surface, StringBuilder pronunciation) {
        if (head != null) {
            head.surface = surface.toString();
            head.pronunciation = pronunciation.toString();
            surface.setLength(0);
            pronunciation.setLength(0);
        }
        return null;
    }

    /** The ウ of 行こう makes the vowel before it long. */
    private static void lengthenVolition(Utterance words) {
        for (Word word = words.first(); word != null && word.after != null; word = word.after) {
            boolean inflected = word.partOfSpeech.is(PartOfSpeech.VERB) || word.partOfSpeech.is(PartOfSpeech.AUXILIARY);
            if (inflected && word.moras > 0
                    && word.after.partOfSpeech.is(PartOfSpeech.AUXILIARY) && word.after.pronunciation.equals("ウ")) {
                word.after.pronunciation = "ー";
            }
        }
    }
}
