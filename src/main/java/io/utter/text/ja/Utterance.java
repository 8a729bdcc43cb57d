package io.utter.text.ja;

/** Words in speaking order, linked so that rules can look around and put words in or take them out. */
final class Utterance {
    private Word first;
    private Word last;

    /** The first word; null when there is none. */
    Word first() {
        return first;
    }

    Word last() {
        return last;
    }

    void add(Word word) {
        word.before = last;
        if (last == null) {
            first = word;
        } else {
            last.after = word;
        }
        last = word;
    }

    void insertAfter(Word place, Word word) {
        word.before = place;
        word.after = place.after;
        if (place.after == null) {
            last = word;
        } else {
            place.after.before = word;
        }
        place.after = word;
    }

    void removeSilent() {
        for (Word word = first; word != null; word = word.after) {
            if (word.pronunciation.isEmpty()) {
                remove(word);
            }
        }
    }

    private void remove(Word word) {
        if (word.before == null) {
            first = word.after;
        } else {
            word.before.after = word.after;
        }
        if (word.after == null) {
            last = word.before;
        } else {
            word.after.before = word.before;
        }
    }
}
