package io.utter.text.zh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.utter.error.UtterException;
import io.utter.text.Pronunciation;
import io.utter.text.SymbolTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the network is given, against what g2pW's own package gives it ({@code tools/text-data/g2pw_golden.py}), and what is made of what it says. Its
 * weights are nowhere to be had here.
 */
class PolyphonesTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/g2pw");

    private record Query(long[] tokens, float[] masks, long[] characters, long[] positions) {}

    /** Notes what it is given, and finds the last label likeliest that it may choose. */
    private static final class Notes implements PolyphoneNetwork {
        private final List<Query> queries = new ArrayList<>();

        @Override
        public float[] probabilities(long[] tokens, float[] masks, long[] characters, long[] positions) {
            queries.add(new Query(tokens, masks, characters, positions));
            float[] likely = masks.clone();
            for (int i = 0; i < likely.length; i++) {
                likely[i] *= 1 + i / (float) likely.length;
            }
            return likely;
        }
    }

    @Test
    void theNetworkIsGivenWhatItsAuthorsGiveIt() throws IOException {
        int compared = 0;
        int converted = 0;
        TaiwanCharacters taiwan = new TaiwanCharacters();
        for (String line : Files.readAllLines(FOLDER.resolve("queries.jsonl"))) {
            JsonNode expected = new JsonMapper().readTree(line);
            String text = expected.get("text").asText();
            assertEquals(expected.get("taiwan").asText(), taiwan.convert(text));
            converted++;
            Notes notes = new Notes();
            List<Optional<Syllable>> read = new Polyphones(FOLDER, notes).read(text);
            assertEquals(text.length(), read.size());
            List<JsonNode> wanted = new ArrayList<>();
            expected.get("queries").forEach(wanted::add);
            int query = 0;
            for (Query given : notes.queries) {
                int labels = given.masks.length / given.characters.length;
                for (int i = 0; i < given.characters.length; i++, query++) {
                    JsonNode one = wanted.get(query);
                    int row = i * labels;
                    assertArrayEquals(numbers(one.get("tokens")), given.tokens, text);
                    assertArrayEquals(numbers(one.get("labels")), IntStream.range(0, labels).filter(n -> given.masks[row + n] == 1).asLongStream().toArray());
                    assertEquals(one.get("character").asLong(), given.characters[i]);
                    assertEquals(one.get("position").asLong(), given.positions[i]);
                    compared++;
                }
            }
            assertEquals(wanted.size(), query, text);
        }
        assertTrue(converted > 300 && compared > 1_000, converted + " texts, " + compared + " queries");
    }

    private static long[] numbers(JsonNode list) {
        return IntStream.range(0, list.size()).mapToLong(i -> list.get(i).asLong()).toArray();
    }

    @Test
    void theLikeliestReadingIsTakenAndTheDictionaryOfWordsKnowsBetter() throws IOException {
        Path folder = tables("行\tㄏㄤ2\n行\tㄒㄧㄥ2\n", "銀\tㄧㄣ2\n", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n行\n");
        Notes notes = new Notes(); // of two labels the second: xing
        Polyphones polyphones = new Polyphones(folder, notes);
        assertEquals(List.of(Optional.of(new Syllable("xing", 2)), Optional.of(new Syllable("yin", 2)), Optional.empty()), polyphones.read("行银了"));
        assertArrayEquals(new long[] {2, 4, 1, 1, 3}, notes.queries.getFirst().tokens);
        MandarinFrontEnd chosen = MandarinFrontEnd.ofAllGenerations(Optional.of(() -> polyphones)).getLast();
        assertTrue(chosen.suits(SymbolTable.V2));
        assertEquals(List.of("x", "ing2"), chosen.pronounce("行").phones(), "as the network says");
        Pronunciation bank = chosen.pronounce("银行");
        assertEquals(List.of("y", "in2", "h", "ang2"), bank.phones(), "a word that upstream corrects");
        assertEquals(List.of("zh", "ong1"), chosen.pronounce("中").phones(), "left to the dictionaries");
        MandarinFrontEnd first = MandarinFrontEnd.ofAllGenerations(Optional.of(() -> polyphones)).getFirst();
        int asked = notes.queries.size();
        first.pronounce("行");
        assertEquals(asked, notes.queries.size(), "v1 knows nothing of it");
    }

    @Test
    void singleCharactersOfTheDictionaryGoBeforeTheNetwork() {
        PolyphoneWords words = new PolyphoneWords();
        assertEquals(List.of(new Syllable("zuo", 4)), words.corrected("唑", List.of(new Syllable("x", 1))));
        assertEquals(List.of(new Syllable("bao", 3), new Syllable("zuo", 4)), words.corrected("宝唑", List.of(new Syllable("bao", 3), new Syllable("x", 1))));
    }

    @TempDir
    Path temporary;

    @Test
    void whatIsMissingOrDamagedIsNamed() throws IOException {
        assertTrue(assertThrows(UtterException.Failed.class, () -> Polyphones.check(temporary)).getMessage().contains("POLYPHONIC_CHARS.txt"));
        Path folder = tables("行 ㄏㄤ2\n", "", "[UNK]\n[CLS]\n[SEP]\n");
        Polyphones.check(folder);
        assertTrue(assertThrows(UtterException.Failed.class, () -> new Polyphones(folder, new Notes())).getMessage().contains("POLYPHONIC_CHARS.txt"));
        Path noVocabulary = tables("行\tㄏㄤ2\n", "", "a\n");
        assertTrue(assertThrows(UtterException.Failed.class, () -> new Polyphones(noVocabulary, new Notes())).getMessage().contains("vocab.txt"));
    }

    @Test
    void aNetworkOfOtherListsIsRefused() throws IOException {
        Polyphones polyphones = new Polyphones(tables("行\tㄏㄤ2\n行\tㄒㄧㄥ2\n", "", "[UNK]\n[CLS]\n[SEP]\n"), (tokens, masks, characters, positions) -> new float[1]);
        assertEquals("bad_language_model", assertThrows(UtterException.Failed.class, () -> polyphones.read("行")).code());
    }

    private Path tables(String polyphonic, String monophonic, String vocabulary) throws IOException {
        Files.writeString(temporary.resolve("POLYPHONIC_CHARS.txt"), polyphonic);
        Files.writeString(temporary.resolve("MONOPHONIC_CHARS.txt"), monophonic);
        Files.writeString(temporary.resolve("vocab.txt"), vocabulary);
        Files.copy(FOLDER.resolve("bopomofo_to_pinyin_wo_tune_dict.json"), temporary.resolve("bopomofo_to_pinyin_wo_tune_dict.json"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return temporary;
    }
}
