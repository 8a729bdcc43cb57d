package io.utter.text.ko;

import io.utter.text.table.Resource;
import java.util.List;

/** Words and signs that are not read as they are written, replaced one after the other by the spelling of their sound. */
final class Idioms {
    private record Idiom(String written, String spoken) {
        static Idiom parse(String line) {
            int tab = line.indexOf('\t');
            return new Idiom(line.substring(0, tab), line.substring(tab + 1));
        }
    }

    private final List<Idiom> idioms;

    /** @param lines what is written, a tab, what is spoken */
    Idioms(List<String> lines) {
        this.idioms = lines.stream().map(Idiom::parse).toList();
    }

    static Idioms load() {
        return new Idioms(Resource.lines(Idioms.class, "idioms.txt"));
    }

    String apply(String text) {
        String spoken = text;
        for (Idiom idiom : idioms) {
            spoken = spoken.replace(idiom.written(), idiom.spoken());
        }
        return spoken;
    }
}
