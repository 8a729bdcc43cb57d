package io.utter.text.en;

import io.utter.text.table.Resource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A spelling with two pronunciations, told apart by its part of speech.
 *
 * @param tag the start of the tags that call for the first pronunciation
 */
record Homograph(List<String> first, List<String> second, String tag) {
    /** The table of g2p_en with upstream's corrections, by word in lower case. */
    static Map<String, Homograph> load() {
        return Resource.lines(Homograph.class, "homographs.txt").stream()
                .map(line -> line.split("\\|"))
                .collect(Collectors.toUnmodifiableMap(
                        column -> column[0],
                        column -> new Homograph(List.of(column[1].split(" ")), List.of(column[2].split(" ")), column[3])));
    }

    /** Also the first one if the tag is less specific than the table's ({@code VB} for {@code VBP}). */
    List<String> pronunciation(String partOfSpeech) {
        return partOfSpeech.startsWith(tag) || tag.startsWith(partOfSpeech) ? first : second;
    }
}
