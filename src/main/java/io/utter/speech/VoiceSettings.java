package io.utter.speech;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What there is to voices besides the bundles.
 *
 * @param folder where those that are added are kept, with a folder for each bundle; empty: in memory
 * @param most how many may be added to a bundle
 * @param aliases other names of voices: an id that no voice has, to the id that is meant
 * @param threads that encoding a recording may use
 */
public record VoiceSettings(Optional<Path> folder, int most, Map<String, String> aliases, int threads) {

    /**
     * Reads aliases.
     *
     * @param pairs each {@code name=voice}
     * @throws IllegalArgumentException naming the one that is not
     */
    public static Map<String, String> aliases(List<String> pairs) {
        Map<String, String> aliases = new LinkedHashMap<>();
        for (String pair : pairs) {
            String[] both = pair.split("=", -1);
            if (both.length != 2 || both[0].isBlank() || both[1].isBlank()) {
                throw new IllegalArgumentException("utter.voices.aliases: " + pair + " is not NAME=VOICE");
            }
            aliases.put(both[0].strip(), both[1].strip());
        }
        return Map.copyOf(aliases);
    }
}
