package io.utter.text.ja;

/** A word of an {@link Utterance}, which the rules change as they go. A word without a pronunciation is silent. */
final class Word {
    /** Whether a word belongs to the accent phrase of the word before it. */
    enum Chain { UNDECIDED, APART, JOINED }

    String surface;
    PartOfSpeech partOfSpeech;
    String pronunciation;
    int moras;
    String chainRule;
    Chain chain = Chain.UNDECIDED;

    /** Whether it counts with native numerals when it follows one: ヒト, フタ instead of イチ, ニ. */
    boolean countedNatively;

    /** Neighbours; null at the ends. */
    Word before;
    Word after;

    private int accent;

    Word(String surface, PartOfSpeech partOfSpeech, String pronunciation, int accent, int moras, String chainRule) {
        become(surface, partOfSpeech, pronunciation, accent, moras, chainRule);
    }

    /** Turns into another word in the same place. */
    void become(Word other) {
        become(other.surface, other.partOfSpeech, other.pronunciation, other.accent, other.moras, other.chainRule);
        if (other.chain != Chain.UNDECIDED) {
            chain = other.chain;
        }
    }

    private void become(String surface, PartOfSpeech partOfSpeech, String pronunciation, int accent, int moras, String chainRule) {
        this.surface = surface;
        this.partOfSpeech = partOfSpeech;
        this.pronunciation = pronunciation;
        this.accent = accent;
        this.moras = moras;
        this.chainRule = chainRule;
        this.countedNatively = false;
    }

    /** The mora after which the pitch falls; 0 if it does not. */
    int accent() {
        return accent;
    }

    void accent(int mora) {
        accent = Math.max(0, mora);
    }

    void silence() {
        pronunciation = "";
    }

    void silenceDigit() {
        silence();
        accent = 0;
        moras = 0;
    }

    boolean is(String wanted) {
        return surface.equals(wanted);
    }

    /** Whether its surface is one of the characters. */
    boolean isOneOf(String characters) {
        return surface.length() == 1 && characters.contains(surface);
    }

    boolean isNumber() {
        return partOfSpeech.isNumber();
    }

    boolean isCounter() {
        return partOfSpeech.isCounter();
    }
}
