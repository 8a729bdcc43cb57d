package io.utter.text.zh;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.utter.error.UtterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Readings of characters in their sentence by g2pW (spec/gpt-sovits.md 2.7): those that have several are asked of the network, those that have one
 * are looked up, all others are left to the dictionaries. Safe for use by many threads.
 */
public final class Polyphones {
    /** The network's file in the folder that upstream's download unpacks to. */
    public static final String NETWORK = "g2pW.onnx";

    private static final String POLYPHONIC = "POLYPHONIC_CHARS.txt";
    private static final String MONOPHONIC = "MONOPHONIC_CHARS.txt";
    private static final String PINYIN = "bopomofo_to_pinyin_wo_tune_dict.json";
    /** Of the BERT that the network was made of; upstream takes it from its own BERT's folder. */
    private static final String VOCABULARY = "vocab.txt";
    private static final String BEGIN = "[CLS]";
    private static final String END = "[SEP]";
    private static final String UNKNOWN = "[UNK]";
    /** Upstream does not ask the network for these, and does not believe the list about those. */
    private static final Set<String> NOT_ASKED = Set.of("一", "不", "和", "咋", "嗲", "剖", "差", "攢", "倒", "難", "奔", "勁", "拗", "肖", "瘙", "誒", "泊", "听", "噢");
    private static final Set<String> NOT_BELIEVED = Set.of("似", "攢");
    /** Characters that the network sees before the first and after the last that is asked for. */
    private static final int CONTEXT = 16;
    /** The network knows 512 places, two of which are marks. */
    private static final int MOST_CHARACTERS = 510;

    private final TaiwanCharacters taiwan = new TaiwanCharacters();
    private final Map<String, Long> vocabulary = new HashMap<>();
    private final List<Optional<Syllable>> labels = new ArrayList<>();
    /** Numbered in their order, with the labels that each may have. */
    private final Map<String, float[]> masks = new TreeMap<>();
    private final List<String> characters;
    private final Map<String, Syllable> single = new HashMap<>();
    private final PolyphoneNetwork network;

    /**
     * Reads the tables of a folder.
     *
     * @throws UtterException.Failed naming the file that is missing or not what it should be
     */
    public Polyphones(Path folder, PolyphoneNetwork network) {
        this.network = network;
        List<String> words = lines(folder.resolve(VOCABULARY));
        for (int id = 0; id < words.size(); id++) {
            vocabulary.putIfAbsent(words.get(id), (long) id);
        }
        if (!vocabulary.keySet().containsAll(List.of(BEGIN, END, UNKNOWN))) {
            throw failed(folder.resolve(VOCABULARY), null);
        }
        Map<String, String> pinyin = pinyin(folder.resolve(PINYIN));
        List<String[]> readings = pairs(folder.resolve(POLYPHONIC));
        List<String> names = List.copyOf(new TreeSet<>(readings.stream().map(pair -> pair[1]).toList()));
        names.forEach(name -> labels.add(syllable(name, pinyin)));
        for (String[] pair : readings) {
            masks.computeIfAbsent(pair[0], character -> new float[names.size()])[names.indexOf(pair[1])] = 1;
        }
        characters = List.copyOf(masks.keySet());
        for (String[] pair : pairs(folder.resolve(MONOPHONIC))) {
            if (!NOT_BELIEVED.contains(pair[0])) {
                syllable(pair[1], pinyin).ifPresent(syllable -> single.put(pair[0], syllable));
            }
        }
    }

    /** @throws UtterException.Failed if one of the files is not in the folder */
    public static void check(Path folder) {
        for (String name : List.of(POLYPHONIC, MONOPHONIC, PINYIN, VOCABULARY)) {
            if (!Files.isReadable(folder.resolve(name))) {
                throw failed(folder.resolve(name), null);
            }
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** A character and one of its readings on each line. */
    private static List<String[]> pairs(Path file) {
        List<String[]> pairs = new ArrayList<>();
        for (String line : lines(file)) {
            String[] pair = line.strip().split("\t");
            if (pair.length == 2) {
                pairs.add(pair);
            } else if (!line.isBlank()) {
                throw failed(file, null);
            }
        }
        return pairs;
    }

    private static Map<String, String> pinyin(Path file) {
        try {
            return new JsonMapper().readValue(file.toFile(), new TypeReference<>() {});
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static UtterException.Failed failed(Path file, Exception cause) {
        return new UtterException.Failed("bad_language_model", file + ", which g2pW needs, is missing or not what it should be", cause);
    }

    /** Bopomofo and the digit of the tone; none if that is no syllable. */
    private static Optional<Syllable> syllable(String bopomofo, Map<String, String> pinyin) {
        int last = bopomofo.length() - 1;
        String spelled = pinyin.get(bopomofo.substring(0, Math.max(last, 0)));
        return spelled == null ? Optional.empty() : Optional.of(Syllable.of(spelled.replace('ü', 'v') + bopomofo.charAt(last)));
    }

    /** What each character of a sentence is read as; empty for those that the dictionaries are to read. */
    List<Optional<Syllable>> read(String sentence) {
        String text = taiwan.convert(sentence);
        List<Optional<Syllable>> read = new ArrayList<>(text.length());
        List<Integer> asked = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            String character = text.substring(i, i + 1);
            boolean polyphone = masks.containsKey(character) && !NOT_ASKED.contains(character);
            if (polyphone) {
                asked.add(i);
            }
            read.add(polyphone ? Optional.empty() : Optional.ofNullable(single.get(character)));
        }
        if (asked.isEmpty()) {
            return read;
        }
        int start = Math.max(0, asked.getFirst() - CONTEXT);
        int end = Math.min(text.length(), asked.getLast() + CONTEXT + 1);
        if (end - start <= MOST_CHARACTERS) {
            ask(text, start, end, asked, read);
        } else {
            for (int at : asked) { // a window for each, with it in the middle
                int from = Math.clamp(at - MOST_CHARACTERS / 2, start, end - MOST_CHARACTERS);
                ask(text, from, from + MOST_CHARACTERS, List.of(at), read);
            }
        }
        return read;
    }

    private void ask(String text, int start, int end, List<Integer> asked, List<Optional<Syllable>> read) {
        long[] tokens = new long[end - start + 2];
        Arrays.setAll(tokens, i -> i == 0 ? id(BEGIN) : i == tokens.length - 1 ? id(END) : id(text.substring(start + i - 1, start + i)));
        float[] allowed = new float[asked.size() * labels.size()];
        long[] queried = new long[asked.size()];
        long[] positions = new long[asked.size()];
        for (int query = 0; query < queried.length; query++) {
            String character = text.substring(asked.get(query), asked.get(query) + 1);
            System.arraycopy(masks.get(character), 0, allowed, query * labels.size(), labels.size());
            queried[query] = characters.indexOf(character);
            positions[query] = asked.get(query) - start + 1;
        }
        float[] likely = network.probabilities(tokens, allowed, queried, positions);
        if (likely.length != allowed.length) {
            throw new UtterException.Failed("bad_language_model", NETWORK + " does not belong to the lists beside it: it knows other readings", null);
        }
        for (int query = 0; query < queried.length; query++) {
            int best = 0;
            for (int label = 1; label < labels.size(); label++) {
                if (likely[query * labels.size() + label] > likely[query * labels.size() + best]) {
                    best = label;
                }
            }
            read.set(asked.get(query), labels.get(best));
        }
    }

    private long id(String character) {
        return vocabulary.getOrDefault(character, vocabulary.get(UNKNOWN));
    }
}
