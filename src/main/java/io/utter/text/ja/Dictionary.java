package io.utter.text.ja;

import io.utter.text.mecab.Mecab;
import io.utter.text.mecab.Morpheme;
import io.utter.text.table.Resource;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Takes text apart into words and tells how each is said by itself. The form of the features is described in japanese.py. */
final class Dictionary {
    private static final int KATAKANA = 0x30a0;

    private final Mecab mecab = open();
    private final List<PartOfSpeech> kinds = Resource.lines(Dictionary.class, "kinds.txt").stream()
            .map(line -> line.isEmpty() ? ",,,,*" : line) // the boundary of a text is no word
            .map(line -> PartOfSpeech.of(Arrays.asList(line.split(","))))
            .toList();
    private final List<String> chainRules = Resource.lines(Dictionary.class, "chain-rules.txt");

    /** Inflating the files is most of the time to the first sentence, so they are read side by side. */
    private static Mecab open() {
        List<ByteBuffer> files = Stream.of("words.bin", "added-words.bin", "connections.bin", "characters.bin")
                .parallel()
                .map(name -> Resource.buffer(Dictionary.class, name))
                .toList();
        return new Mecab(files.get(3), files.get(2), files.get(0), files.get(1));
    }

    Utterance words(String text) {
        Utterance words = new Utterance();
        mecab.analyze(text).forEach(morpheme -> add(morpheme, words));
        return words;
    }

    private void add(Morpheme morpheme, Utterance words) {
        byte[] features = morpheme.features();
        PartOfSpeech kind = kinds.get(morpheme.kind());
        if (features.length == 0) {
            words.add(new Word(morpheme.surface(), kind, "", 0, 0, "*"));
            return;
        }
        String chainRule = chainRules.get(features[0] & 0x7f);
        if (features[0] >= 0) {
            words.add(word(morpheme.surface(), kind, features, 1, sounds(features, 3, features.length), chainRule));
            return;
        }
        int start = 0;
        for (int at = 1; at < features.length; at += 4 + features[at + 3]) {
            int end = start + features[at];
            String pronunciation = sounds(features, at + 4, at + 4 + features[at + 3]);
            Word part = word(morpheme.surface().substring(start, end), kind, features, at + 1, pronunciation, chainRule);
            part.chain = start == 0 ? Word.Chain.UNDECIDED : Word.Chain.APART;
            words.add(part);
            start = end;
        }
    }

    private static Word word(String surface, PartOfSpeech kind, byte[] features, int at, String pronunciation, String chainRule) {
        Word word = new Word(surface, kind, pronunciation, features[at] & 0x7f, features[at + 1], chainRule);
        word.countedNatively = features[at] < 0;
        return word;
    }

    private static String sounds(byte[] features, int from, int to) {
        char[] sounds = new char[to - from];
        for (int i = from; i < to; i++) {
            sounds[i - from] = features[i] < 0 ? Prosody.UNVOICED : (char) (KATAKANA + features[i]);
        }
        return new String(sounds);
    }
}
