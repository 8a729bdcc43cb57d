package io.utter.text.zh;

import io.utter.text.Language;
import io.utter.text.LanguageFrontEnd;
import io.utter.text.Pronunciation;
import io.utter.text.SpokenWord;
import io.utter.text.SymbolTable;
import io.utter.text.table.Later;
import io.utter.text.table.Resource;
import io.utter.text.zh.jieba.Jieba;
import io.utter.text.zh.jieba.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Mandarin as upstream reads it (spec/gpt-sovits.md 2.6): with g2pW, which chooses between the readings of a character, if it is there, or with
 * dictionaries alone. The tables are read when the first piece is pronounced.
 */
public final class MandarinFrontEnd implements LanguageFrontEnd {
    private static final Pattern SYLLABLE = Pattern.compile("([a-zü]{1,6})([1-5])");
    private static final String MARKS = "!?…,.-";
    /** Words of Latin letters, which are in no Mandarin text once it is normalised. */
    private static final String FOREIGN = "eng";

    private final SymbolTable symbols;
    private final boolean joinsEr;
    private final Later<Map<String, String[]>> phones;
    private final Later<Tables> tables;
    private final Optional<Later<Chooser>> chooser;

    /** Who chooses between readings, and who knows better. */
    private record Chooser(Polyphones polyphones, PolyphoneWords words) {}

    private record Tables(Jieba jieba, PinyinReadings readings, WordMerging merging, ToneSandhi sandhi, Erhua erhua) {
        static Tables load() {
            Jieba jieba = new Jieba();
            PinyinReadings readings = new PinyinReadings();
            ToneWords words = ToneWords.load();
            return new Tables(jieba, readings, new WordMerging(readings), new ToneSandhi(jieba, words), new Erhua(words));
        }
    }

    private MandarinFrontEnd(SymbolTable symbols, boolean joinsEr, Later<Map<String, String[]>> phones, Later<Tables> tables,
            Optional<Later<Chooser>> chooser) {
        this.symbols = symbols;
        this.joinsEr = joinsEr;
        this.phones = phones;
        this.tables = tables;
        this.chooser = chooser;
    }

    /** With dictionaries alone. */
    public static List<MandarinFrontEnd> ofAllGenerations() {
        return ofAllGenerations(Optional.empty());
    }

    /**
     * One for voices of v1, which know nothing of 儿 that joins a syllable, nor of g2pW, and one for all others. They share their tables.
     *
     * @param polyphones g2pW, if it is there; made when it is first needed
     */
    public static List<MandarinFrontEnd> ofAllGenerations(Optional<Supplier<Polyphones>> polyphones) {
        Later<Map<String, String[]>> phones = new Later<>(MandarinFrontEnd::phonesOfSyllables);
        Later<Tables> tables = new Later<>(Tables::load);
        return List.of(new MandarinFrontEnd(SymbolTable.V1, false, phones, tables, Optional.empty()),
                new MandarinFrontEnd(SymbolTable.V2, true, phones, tables,
                        polyphones.map(made -> new Later<>(() -> new Chooser(made.get(), new PolyphoneWords())))));
    }

    private static Map<String, String[]> phonesOfSyllables() {
        Map<String, String[]> phones = new HashMap<>();
        for (String line : Resource.lines(MandarinFrontEnd.class, "phones.txt")) {
            String[] columns = line.split("\t");
            phones.put(columns[0], columns[1].split(" "));
        }
        return phones;
    }

    @Override
    public Language language() {
        return Language.MANDARIN;
    }

    @Override
    public boolean suits(SymbolTable symbols) {
        return this.symbols == symbols;
    }

    /** {@inheritDoc} Where there is a ￥ or a ^, upstream makes all commas into the pause that the mark stands for. */
    @Override
    public Pronunciation pronounce(String piece) {
        if (piece.indexOf('￥') >= 0) {
            return withPauses(plain(piece.replace('￥', ',')), "SP2");
        } else if (piece.indexOf('^') >= 0) {
            return withPauses(plain(piece.replace('^', ',')), "SP3");
        }
        return plain(piece);
    }

    private static Pronunciation withPauses(Pronunciation said, String pause) {
        List<String> phones = said.phones().stream().map(phone -> phone.equals(",") ? pause : phone).toList();
        return new Pronunciation(said.normalized(), phones, said.phonesPerCharacter(), said.words());
    }

    private Pronunciation plain(String piece) {
        String normalized = MandarinNormalizer.normalize(piece);
        List<String> phones = new ArrayList<>();
        List<Integer> counts = new ArrayList<>(normalized.length());
        List<SpokenWord> words = new ArrayList<>(normalized.length());
        for (int start = 0; start < normalized.length(); ) {
            int end = start;
            while (end < normalized.length() && MARKS.indexOf(normalized.charAt(end)) < 0) {
                end++;
            }
            end = Math.min(end + 1, normalized.length()); // with its mark
            say(normalized.substring(start, end), phones, counts, words);
            start = end;
        }
        return new Pronunciation(normalized, phones, counts, words);
    }

    private void say(String sentence, List<String> phones, List<Integer> counts, List<SpokenWord> words) {
        Tables known = tables.get();
        Optional<List<Syllable>> chosen = chooser.map(choosing -> chosen(sentence, choosing.get().polyphones));
        int at = 0;
        for (Word word : known.merging.merged(known.jieba.tagged(sentence))) {
            int start = at;
            at += word.text().length();
            if (word.tag().equals(FOREIGN)) {
                word.text().chars().forEach(character -> counts.add(0));
                words.add(new SpokenWord(word.text(), 0));
                continue;
            }
            int end = at;
            List<Syllable> syllables = new ArrayList<>(chosen.map(read -> chooser.get().get().words.corrected(word.text(), read.subList(start, end)))
                    .orElseGet(() -> known.readings.of(word.text())));
            known.sandhi.apply(word, syllables);
            if (joinsEr) {
                known.erhua.apply(word, syllables);
            }
            int before = phones.size();
            for (Syllable syllable : syllables) {
                List<String> said = phones(syllable);
                phones.addAll(said);
                counts.add(said.size());
            }
            words.add(new SpokenWord(word.text(), reading(syllables), phones.size() - before));
        }
    }

    /** A syllable for each character of a sentence; where g2pW knows none that of the dictionaries, which see the whole sentence. */
    private List<Syllable> chosen(String sentence, Polyphones polyphones) {
        List<Syllable> read = new ArrayList<>(tables.get().readings.of(sentence));
        List<Optional<Syllable>> better = polyphones.read(sentence);
        for (int i = 0; i < read.size(); i++) {
            read.set(i, better.get(i).orElse(read.get(i)));
        }
        return read;
    }

    private static String reading(List<Syllable> syllables) {
        StringBuilder reading = new StringBuilder();
        for (Syllable syllable : syllables) {
            if (!syllable.isMark()) {
                reading.append(reading.isEmpty() ? "" : " ").append(syllable.pinyin()).append(syllable.tone());
            }
        }
        return reading.toString();
    }

    /** Upstream fails at syllables that the table lacks (m, n, hm, ...); here they are unknown phones. */
    private List<String> phones(Syllable syllable) {
        if (syllable.isMark()) {
            return MARKS.contains(syllable.pinyin()) ? List.of(syllable.pinyin()) : List.of();
        }
        String[] parts = phones.get().get(syllable.pinyin());
        return parts == null ? List.of("UNK") : List.of(parts[0], parts[1] + syllable.tone());
    }

    @Override
    public Optional<List<String>> syllable(String pinyin) {
        return Optional.of(SYLLABLE.matcher(pinyin)).filter(matcher -> matcher.matches()).map(matcher -> matcher.group(1).replace('ü', 'v'))
                .map(phones.get()::get).map(parts -> List.of(parts[0], parts[1] + pinyin.charAt(pinyin.length() - 1)));
    }
}
