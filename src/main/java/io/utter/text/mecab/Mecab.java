package io.utter.text.mecab;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Takes text apart into words by the cheapest path through a lattice, as MeCab 0.996 does with the same dictionary, equal costs included.
 * Thread-safe. Time and memory are in proportion to the length of the text.
 */
public final class Mecab {
    private final Lexicon[] lexicons;
    private final CharacterClasses classes;
    private final Connections connections;

    /**
     * @param classes the file of {@link CharacterClasses}
     * @param connections the file of {@link Connections}, whose kinds all lexicons share
     * @param lexicons the files of {@link Lexicon}: the system's, then users'
     */
    public Mecab(ByteBuffer classes, ByteBuffer connections, ByteBuffer... lexicons) {
        this.lexicons = Arrays.stream(lexicons).map(Lexicon::new).toArray(Lexicon[]::new);
        this.classes = new CharacterClasses(classes);
        this.connections = new Connections(connections);
    }

    /** The words in order. White space between them belongs to none. */
    public List<Morpheme> analyze(String text) {
        return new Lattice(text, lexicons, classes, connections).cheapestPath();
    }
}
