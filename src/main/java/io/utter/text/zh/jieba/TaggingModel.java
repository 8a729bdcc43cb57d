package io.utter.text.zh.jieba;

import io.utter.text.table.Resource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Finds words and their parts of speech among Chinese characters that are in no dictionary. A state is a place in a word and a tag. */
final class TaggingModel {
    private static final int BEGIN = 0;
    private static final int END = 2;
    private static final int SINGLE = 3;
    private static final double UNSEEN = -3.14e100;
    private static final int ALLOWED = 0x4000;

    private final int states;
    private final byte[] places;
    private final String[] tags;
    private final double[] start;
    private final double[] transitions;
    /** The states that may follow each state. */
    private final int[][] following;
    private final char[] characters;
    private final int[] firstEntry;
    private final short[] entries;
    private final double[] emissions;

    private TaggingModel(ByteBuffer file) {
        this.states = file.getInt();
        this.places = new byte[states];
        this.tags = new String[states];
        for (int state = 0; state < states; state++) {
            places[state] = file.get();
            byte[] tag = new byte[file.get()];
            file.get(tag);
            tags[state] = new String(tag, StandardCharsets.UTF_8);
        }
        this.start = doubles(file, states);
        this.transitions = doubles(file, states * states);
        this.following = new int[states][];
        for (int state = 0; state < states; state++) {
            int row = state * states;
            following[state] = IntStream.range(0, states).filter(next -> !Double.isNaN(transitions[row + next])).toArray();
        }
        this.characters = new char[file.getInt()];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = file.getChar();
        }
        this.firstEntry = new int[characters.length + 1];
        for (int i = 0; i < firstEntry.length; i++) {
            firstEntry[i] = file.getInt();
        }
        this.entries = new short[firstEntry[characters.length]];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = file.getShort();
        }
        this.emissions = doubles(file, entries.length);
    }

    static TaggingModel load() {
        return new TaggingModel(ByteBuffer.wrap(Resource.bytes(TaggingModel.class, "tagging-model.bin")));
    }

    void cut(String text, List<Word> words) {
        int length = text.length();
        double[] before = new double[states];
        double[] now = new double[states];
        double[] emission = new double[states];
        boolean[] live = new boolean[states];
        int[] previous = new int[states];
        short[][] from = new short[length][states];
        for (int i = 0; i < length; i++) {
            boolean[] candidates = candidates(text.charAt(i), emission);
            int count = 0;
            if (i > 0) {
                restrict(candidates, live);
                for (int state = 0; state < states; state++) {
                    if (live[state] && following[state].length > 0) {
                        previous[count++] = state;
                    }
                }
            }
            for (int state = 0; state < states; state++) {
                if (!candidates[state]) {
                    continue;
                }
                now[state] = i == 0 ? start[state] + emission[state] : 0;
                int best = -1;
                for (int k = 0; k < count; k++) {
                    double transition = transitions[previous[k] * states + state];
                    double sum = before[previous[k]] + (Double.isNaN(transition) ? Double.NEGATIVE_INFINITY : transition)
                            + emission[state];
                    if (best < 0 || sum >= now[state]) {
                        best = previous[k];
                        now[state] = sum;
                    }
                }
                from[i][state] = (short) best;
            }
            double[] free = before;
            before = now;
            now = free;
            live = candidates;
        }
        words(text, path(before, live, from), words);
    }

    /** The states a character may have, all where nothing is known of it, and how likely each makes it. */
    private boolean[] candidates(char character, double[] emission) {
        Arrays.fill(emission, UNSEEN);
        boolean[] candidates = new boolean[states];
        int row = Arrays.binarySearch(characters, character);
        boolean known = false;
        if (row >= 0) {
            for (int entry = firstEntry[row]; entry < firstEntry[row + 1]; entry++) {
                int state = entries[entry] & ~ALLOWED;
                emission[state] = emissions[entry];
                candidates[state] = (entries[entry] & ALLOWED) != 0;
                known |= candidates[state];
            }
        }
        if (!known) {
            Arrays.fill(candidates, true);
        }
        return candidates;
    }

    /** Leaves the states that may follow; if that leaves none, all that may follow; if none may, all. */
    private void restrict(boolean[] candidates, boolean[] live) {
        boolean[] reached = new boolean[states];
        boolean any = false;
        boolean anyCandidate = false;
        for (int previous = 0; previous < states; previous++) {
            if (live[previous]) {
                for (int state : following[previous]) {
                    reached[state] = true;
                    any = true;
                    anyCandidate |= candidates[state];
                }
            }
        }
        for (int state = 0; state < states; state++) {
            candidates[state] = anyCandidate ? candidates[state] && reached[state] : reached[state] || !any;
        }
    }

    private int[] path(double[] last, boolean[] live, short[][] from) {
        int state = -1;
        for (int i = 0; i < states; i++) {
            if (live[i] && (state < 0 || last[i] >= last[state])) {
                state = i;
            }
        }
        int[] path = new int[from.length];
        for (int i = from.length - 1; i >= 0; i--) {
            path[i] = state;
            state = Math.max(0, from[i][state]);
        }
        return path;
    }

    private void words(String text, int[] path, List<Word> words) {
        int begin = 0;
        int done = 0;
        for (int i = 0; i < path.length; i++) {
            int place = places[path[i]];
            if (place == BEGIN) {
                begin = i;
            } else if (place == END || place == SINGLE) {
                words.add(new Word(text.substring(place == END ? begin : i, i + 1), tags[path[i]]));
                done = i + 1;
            }
        }
        if (done < path.length) {
            words.add(new Word(text.substring(done), tags[path[done]]));
        }
    }

    private static double[] doubles(ByteBuffer file, int count) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = file.getDouble();
        }
        return numbers;
    }
}
