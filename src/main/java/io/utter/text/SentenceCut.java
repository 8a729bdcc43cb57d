package io.utter.text;

import java.util.Iterator;

/** The cut for streaming. */
public final class SentenceCut implements Cut {
    @Override
    public Iterator<String> pieces(String text, Language language) {
        return UpstreamPieces.of(text, language, CutMethod.CUT4).iterator();
    }
}
