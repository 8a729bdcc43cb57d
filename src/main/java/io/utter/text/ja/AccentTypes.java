package io.utter.text.ja;

/** Where the pitch falls in each accent phrase: the words in it change the accent of the first. Open JTalk's {@code njd_set_accent_type}. */
final class AccentTypes {
    private AccentTypes() {}

    static void set(Utterance words) {
        Word head = words.first();
        int moras = 0; // of the phrase so far
        for (Word word = words.first(); word != null; word = word.after) {
            boolean joined = word.before != null && word.chain == Word.Chain.JOINED;
            if (joined) {
                change(head, moras, word);
                if (word.before.isNumber() && word.isNumber()) {
                    accentNumber(word.before, word);
                }
            } else {
                head = word;
                moras = 0;
            }
            if (word.is("十") && word.chain != Word.Chain.JOINED && word.after != null && word.after.isNumber()) {
                word.accent(0);
            }
            moras += word.moras;
        }
    }

    private static void change(Word head, int moras, Word word) {
        ChainRule rule = ChainRule.after(word.before.partOfSpeech.name(), word.chainRule);
        int shifted = moras + rule.shift();
        switch (rule.name()) {
            case "F2" -> head.accent(head.accent() == 0 ? shifted : head.accent());
            case "F3" -> head.accent(head.accent() != 0 ? shifted : 0);
            case "F4" -> head.accent(shifted);
            case "F5", "C4", "P6" -> head.accent(0);
            case "C1" -> head.accent(moras + word.accent());
            case "C2" -> head.accent(moras + 1);
            case "C3" -> head.accent(moras);
            case "P1" -> head.accent(word.accent() == 0 ? 0 : moras + word.accent());
            case "P2" -> head.accent(moras + (word.accent() == 0 ? 1 : word.accent()));
            case "P14" -> head.accent(word.accent() == 0 ? head.accent() : moras + word.accent());
            default -> {}
        }
    }

    private static void accentNumber(Word number, Word place) {
        switch (place.surface) {
            case "十" -> number.accent(
                    number.isOneOf("五六八") && place.after != null && place.after.isOneOf("一二三四五六七八九") ? 0 : 1);
            case "百" -> {
                if (number.is("七")) {
                    number.accent(2);
                } else {
                    number.accent(number.isOneOf("三四九何") ? 1 : number.moras + place.moras);
                }
            }
            case "千", "万" -> number.accent(number.moras + 1);
            case "億" -> number.accent(number.isOneOf("一六七八幾") ? 2 : 1);
            case "兆" -> number.accent(number.isOneOf("六七") ? 2 : 1);
            default -> {}
        }
    }
}
