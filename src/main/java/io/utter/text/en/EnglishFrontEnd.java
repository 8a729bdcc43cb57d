package io.utter.text.en;

import io.utter.text.Language;
import io.utter.text.LanguageFrontEnd;
import io.utter.text.Pronunciation;
import io.utter.text.SpokenWord;
import io.utter.text.SymbolTable;
import io.utter.text.table.KeyedTable;
import io.utter.text.table.Later;
import io.utter.text.table.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * English, as upstream reads it (spec/gpt-sovits.md 2.8). Opening one reads the dictionary; the tables for homographs, names and unknown
 * words are read when the first of them is met.
 */
public final class EnglishFrontEnd implements LanguageFrontEnd {
    /** Upstream puts a comma in front of anything shorter. */
    private static final int FEWEST_PHONES = 4;

    private final Homograph.Table homographs = new Homograph.Table();
    private final Supplier<PerceptronTagger> tagger;
    private final WordPronouncer words;

    public EnglishFrontEnd() {
        this(PhoneTable.load("words.bin"));
    }

    private EnglishFrontEnd(PhoneTable dictionary) {
        this(dictionary, EnglishFrontEnd::shippedTagger, FrequencySegmenter.loadedLater(dictionary));
    }

    /** For tests, which bring upstream's own tagger and word splitting. */
    EnglishFrontEnd(PhoneTable dictionary, Supplier<PerceptronTagger> tagger, WordSegmenter segmenter) {
        this.tagger = new Later<>(tagger);
        this.words = new WordPronouncer(dictionary, segmenter);
    }

    @Override
    public Language language() {
        return Language.ENGLISH;
    }

    @Override
    public Pronunciation pronounce(String piece) {
        Pronunciation part = pronouncePart(piece);
        if (part.phones().size() >= FEWEST_PHONES) {
            return part;
        }
        List<String> phones = new ArrayList<>(part.phones());
        phones.addFirst(",");
        List<SpokenWord> spoken = new ArrayList<>(part.words());
        spoken.addFirst(new SpokenWord(",", 1));
        return new Pronunciation(part.normalized(), phones, List.of(), spoken);
    }

    @Override
    public Pronunciation pronouncePart(String piece) {
        String normalized = EnglishNormalizer.normalize(piece);
        List<String> tokens = TweetTokenizer.tokenize(normalized);
        List<String> tags = partsOfSpeech(tokens);
        List<String> phones = new ArrayList<>();
        List<SpokenWord> spoken = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            int before = phones.size();
            for (String phone : phones(tokens.get(i), tags.get(i))) {
                addKnown(phone, phones);
            }
            spoken.add(new SpokenWord(tokens.get(i), phones.size() - before));
        }
        return new Pronunciation(normalized, phones, List.of(), spoken);
    }

    private static void addKnown(String phone, List<String> phones) {
        if (phone.equals("'")) {
            phones.add("-");
        } else if (phone.equals("<unk>")) {
            phones.add("UNK");
        } else if (SymbolTable.V1.contains(phone)) {
            phones.add(phone);
        }
    }

    private List<String> phones(String token, String partOfSpeech) {
        String lower = token.toLowerCase(Locale.ROOT);
        if (lower.chars().noneMatch(Character::isLetter)) {
            return List.of(token);
        }
        if (token.length() == 1) {
            return token.equals("A") ? List.of("EY1") : words.letter(lower.charAt(0));
        }
        return homographs.find(lower).map(word -> word.pronunciation(partOfSpeech)).orElseGet(() -> words.pronounce(token));
    }

    /** Only homographs ask for their part of speech, so most sentences do without the tagger. */
    private List<String> partsOfSpeech(List<String> tokens) {
        boolean needed = tokens.stream().anyMatch(token -> homographs.contains(token.toLowerCase(Locale.ROOT)));
        return needed ? tagger.get().tag(tokens) : Collections.nCopies(tokens.size(), "");
    }

    static PerceptronTagger shippedTagger() {
        return new PerceptronTagger(
                Resource.lines(EnglishFrontEnd.class, "tags.txt"),
                new KeyedTable(Resource.bytes(EnglishFrontEnd.class, "tags-of-words.bin")),
                new KeyedTable(Resource.bytes(EnglishFrontEnd.class, "tagger-weights.bin")));
    }
}
