package io.utter.text.mecab;

import io.utter.text.table.Trie;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;

/**
 * Every word that can stand at every place of one text, connected by the cheapest path from the start. Nodes are numbered in the order
 * of their making; node 0 is the start.
 *
 * <p>MeCab keeps nodes in lists that grow at the front and lets the first of several equal ones win, so the order of visits below is part
 * of the result.
 */
final class Lattice {
    /** Runs of more characters never become one unknown word. */
    private static final int LONGEST_RUN = 24;

    private static final int NONE = -1;
    private static final int START = 0;

    private final String text;
    private final Lexicon[] lexicons;
    private final CharacterClasses classes;
    private final Connections connections;

    private Lexicon[] lexicon = new Lexicon[64];
    private int[] word = new int[64];
    private int[] token = new int[64];
    private int[] kind = new int[64];
    private int[] start = new int[64];
    private int[] end = new int[64];
    private long[] pathCost = new long[64];
    private int[] before = new int[64];
    private int[] nextEndingThere = new int[64];
    private int nodes;

    /** The node made last of those that end at a place; the others follow by {@code nextEndingThere}. */
    private final int[] lastEnding;

    Lattice(String text, Lexicon[] lexicons, CharacterClasses classes, Connections connections) {
        this.text = text;
        this.lexicons = lexicons;
        this.classes = classes;
        this.connections = connections;
        this.lastEnding = new int[text.length() + 1];
        Arrays.fill(lastEnding, NONE);
        lastEnding[0] = START;
        nextEndingThere[START] = NONE;
        kind[START] = Connections.BOUNDARY;
        nodes = 1;
    }

    List<Morpheme> cheapestPath() {
        int furthest = 0;
        for (int place = 0; place < text.length(); place++) {
            if (lastEnding[place] != NONE) {
                furthest = place;
                int first = nodes;
                addWords(place);
                for (int node = nodes - 1; node >= first; node--) {
                    connect(node, place);
                }
            }
        }
        // White space at the end makes no word: the path then ends before it.
        int last = lastEnding[text.length()] != NONE ? text.length() : furthest;
        LinkedList<Morpheme> path = new LinkedList<>();
        for (int node = cheapest(last, connections.left(Connections.BOUNDARY)); node != START; node = before[node]) {
            path.addFirst(new Morpheme(text.substring(start[node], end[node]), lexicon[node] != classes.unknown(), kind[node],
                    lexicon[node].features(word[node], token[node])));
        }
        return path;
    }

    private void connect(int node, int place) {
        int left = connections.left(kind[node]);
        int best = cheapest(place, left);
        before[node] = best;
        int penalty = start[node] > place ? connections.spacePenalty(kind[node]) : 0;
        pathCost[node] = costUpTo(best, left) + lexicon[node].cost(token[node]) + penalty;
        nextEndingThere[node] = lastEnding[end[node]];
        lastEnding[end[node]] = node;
    }

    /** Of the nodes that end at the place, the one from which a token with that left context is reached most cheaply. */
    private int cheapest(int place, int left) {
        int best = lastEnding[place];
        long bestCost = costUpTo(best, left);
        for (int node = nextEndingThere[best]; node != NONE; node = nextEndingThere[node]) {
            long cost = costUpTo(node, left);
            if (cost < bestCost) {
                best = node;
                bestCost = cost;
            }
        }
        return best;
    }

    private long costUpTo(int node, int left) {
        return pathCost[node] + connections.cost(connections.right(kind[node]), left);
    }

    private void addWords(int place) {
        int space = classes.describe(' ');
        int from = place;
        while (from < text.length() && CharacterClasses.related(space, classes.describe(text.codePointAt(from)))) {
            space = classes.describe(text.codePointAt(from));
            from += Character.charCount(text.codePointAt(from));
        }
        if (from == text.length()) {
            return;
        }
        int first = nodes;
        for (Lexicon words : lexicons) {
            addKnown(words, from);
        }
        int description = classes.describe(text.codePointAt(from));
        if (nodes == first || CharacterClasses.alwaysTried(description)) {
            addUnknown(description, from, nodes == first);
        }
    }

    private void addKnown(Lexicon words, int from) {
        int node = Trie.ROOT;
        for (int to = from; to < text.length(); ) {
            node = words.words().child(node, text.charAt(to++));
            if (node == Trie.NONE) {
                return;
            }
            int word = words.words().key(node);
            if (word != Trie.NONE) {
                add(words, word, from, to);
            }
        }
    }

    private void addUnknown(int description, int from, boolean atLeastOne) {
        int word = classes.unknownWord(description);
        int first = nodes;
        int to = next(from);
        int run = NONE;
        if (CharacterClasses.groups(description)) {
            run = endOfRun(description, to);
            if (run != NONE) {
                add(classes.unknown(), word, from, run);
            }
        }
        for (int length = 1; length <= CharacterClasses.longest(description); length++) {
            if (to != run) {
                add(classes.unknown(), word, from, to);
                if (to == text.length() || !CharacterClasses.related(description, classes.describe(text.codePointAt(to)))) {
                    break;
                }
                to = next(to);
            }
        }
        if (atLeastOne && nodes == first) {
            add(classes.unknown(), word, from, to);
        }
    }

    /** Where the run of related characters that goes on at the place ends; {@link #NONE} if it is too long for a word. */
    private int endOfRun(int description, int from) {
        int to = from;
        for (int length = 0; to < text.length(); length++) {
            int following = classes.describe(text.codePointAt(to));
            if (!CharacterClasses.related(description, following)) {
                break;
            }
            if (length == LONGEST_RUN) {
                return NONE;
            }
            description = following;
            to = next(to);
        }
        return to;
    }

    private int next(int place) {
        return place + Character.charCount(text.codePointAt(place));
    }

    private void add(Lexicon words, int number, int from, int to) {
        int first = words.firstToken(number);
        for (int reading = first; reading < first + words.tokens(number); reading++) {
            if (nodes == token.length) {
                grow();
            }
            lexicon[nodes] = words;
            word[nodes] = number;
            token[nodes] = reading;
            kind[nodes] = words.kind(reading);
            start[nodes] = from;
            end[nodes] = to;
            nodes++;
        }
    }

    private void grow() {
        int size = 2 * nodes;
        lexicon = Arrays.copyOf(lexicon, size);
        word = Arrays.copyOf(word, size);
        token = Arrays.copyOf(token, size);
        kind = Arrays.copyOf(kind, size);
        start = Arrays.copyOf(start, size);
        end = Arrays.copyOf(end, size);
        pathCost = Arrays.copyOf(pathCost, size);
        before = Arrays.copyOf(before, size);
        nextEndingThere = Arrays.copyOf(nextEndingThere, size);
    }
}
