package io.utter.text.mecab;

import io.utter.text.table.Tries;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A dictionary of a few words, in the formats that {@link Mecab} reads. Every kind is its own context. Letters are a class whose unknown words are
 * runs and up to two letters, digits one whose unknown words are tried beside known ones; everything else is a class of single characters.
 */
final class TinyDictionary {
    static final int BOUNDARY = Connections.BOUNDARY;
    static final int UNKNOWN = 1;
    static final int UNKNOWN_COST = 1000;

    private static final int CLASSES = 4; // other, space, letters, digits

    record Token(String surface, int kind, int cost) {}

    private final int kinds;
    private final Map<String, List<Token>> words = new LinkedHashMap<>();
    private final short[] spacePenalties;
    private final short[][] connections; // [before, after]

    TinyDictionary(int kinds) {
        this.kinds = kinds;
        this.spacePenalties = new short[kinds];
        this.connections = new short[kinds][kinds];
    }

    TinyDictionary word(String surface, int kind, int cost) {
        words.computeIfAbsent(surface, key -> new ArrayList<>()).add(new Token(surface, kind, cost));
        return this;
    }

    TinyDictionary connection(int before, int after, int cost) {
        connections[before][after] = (short) cost;
        return this;
    }

    TinyDictionary behindSpace(int kind, int cost) {
        spacePenalties[kind] = (short) cost;
        return this;
    }

    int connection(int before, int after) {
        return connections[before][after];
    }

    List<Token> tokens() {
        return words.values().stream().flatMap(List::stream).toList();
    }

    Mecab open(TinyDictionary... users) {
        ByteBuffer[] lexicons = new ByteBuffer[1 + users.length];
        lexicons[0] = lexicon(words);
        for (int i = 0; i < users.length; i++) {
            lexicons[1 + i] = lexicon(users[i].words);
        }
        return new Mecab(classes(), connections(), lexicons);
    }

    private static ByteBuffer lexicon(Map<String, List<Token>> words) {
        List<String> numbered = Tries.numbered(words.keySet());
        ByteBuffer file = ByteBuffer.allocate(1 << 16).put(Tries.bytes(words.keySet()));
        List<Token> tokens = numbered.stream().flatMap(word -> words.get(word).stream()).toList();
        file.putInt(tokens.size());
        ByteArrayOutputStream pool = new ByteArrayOutputStream();
        List<Integer> features = new ArrayList<>();
        tokens.forEach(token -> {
            features.add(pool.size());
            pool.write(2);
            pool.write(token.surface().length());
            pool.write(token.cost());
        });
        List<Integer> firstTokens = new ArrayList<>();
        List<Integer> firstFeatures = new ArrayList<>();
        int token = 0;
        for (int word = 0; word < numbered.size(); word++) {
            if (word % 16 == 0) {
                firstTokens.add(token);
                firstFeatures.add(features.get(token));
            }
            token += words.get(numbered.get(word)).size();
        }
        firstTokens.forEach(file::putInt);
        firstFeatures.forEach(file::putInt);
        numbered.forEach(word -> file.put((byte) words.get(word).size()));
        tokens.forEach(each -> file.putChar((char) each.kind()));
        tokens.forEach(each -> file.putShort((short) each.cost()));
        return file.put(pool.toByteArray()).flip();
    }

    private ByteBuffer connections() {
        ByteBuffer file = ByteBuffer.allocate(1 << 12).putInt(kinds);
        for (int context = 0; context < 2; context++) {
            for (int kind = 0; kind < kinds; kind++) {
                file.putChar((char) kind);
            }
        }
        for (short penalty : spacePenalties) {
            file.putShort(penalty);
        }
        file.putChar((char) kinds).putChar((char) kinds);
        for (int after = 0; after < kinds; after++) {
            for (int before = 0; before < kinds; before++) {
                file.putShort(connections[before][after]);
            }
        }
        return file.flip();
    }

    private static ByteBuffer classes() {
        ByteBuffer lexicon = lexicon(Map.of("?", List.of(new Token("?", UNKNOWN, UNKNOWN_COST))));
        ByteBuffer file = ByteBuffer.allocate((1 + CLASSES + (1 << Character.SIZE)) * Integer.BYTES + lexicon.remaining()).putInt(CLASSES);
        for (int each = 0; each < CLASSES; each++) {
            file.putInt(0);
        }
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            file.putInt(description((char) c));
        }
        return file.put(lexicon).flip();
    }

    private static int description(char c) {
        if (c == ' ') {
            return description(1, 0, false, false);
        }
        if (c >= 'a' && c <= 'z') {
            return description(2, 2, true, false);
        }
        return c >= '0' && c <= '9' ? description(3, 0, true, true) : description(0, 1, false, false);
    }

    private static int description(int group, int longest, boolean groups, boolean alwaysTried) {
        return 1 << group | group << 18 | longest << 26 | (groups ? 1 << 30 : 0) | (alwaysTried ? 1 << 31 : 0);
    }
}
