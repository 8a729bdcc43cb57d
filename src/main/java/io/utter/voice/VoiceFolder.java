package io.utter.voice;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.utter.error.UtterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The voices of one bundle: a folder for each, named by its id.
 *
 * @param folder the bundle's folder of voices
 */
public record VoiceFolder(Path folder) {
    private static final String PROFILE = "voice.json";
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module())
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .configure(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, false);

    /**
     * All voices, by id; the one called {@code default} first, if there is one.
     *
     * @throws UtterException.Failed naming a voice that cannot be read
     */
    public List<VoiceProfile> read() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(voice -> Files.exists(voice.resolve(PROFILE))).map(this::read)
                    .sorted(Comparator.comparing((VoiceProfile voice) -> !voice.id().equals("default")).thenComparing(VoiceProfile::id))
                    .toList();
        } catch (IOException e) {
            throw new UtterException.Failed("voice_unreadable", "the voices in " + folder + " cannot be read", e);
        }
    }

    private VoiceProfile read(Path voice) {
        try {
            VoiceProfile profile = JSON.readValue(voice.resolve(PROFILE).toFile(), VoiceProfile.class);
            if (!voice.getFileName().toString().equals(profile.id()) || !profile.id().matches(VoiceProfile.ID_PATTERN)) {
                throw new UtterException.Failed("voice_unreadable", "voice.json in " + voice.getFileName() + " has another id", null);
            }
            return profile;
        } catch (IOException e) {
            throw new UtterException.Failed("voice_unreadable", "voice " + voice.getFileName() + " cannot be read", e);
        }
    }

    /** Writes a voice and puts its recording beside it. */
    public void write(VoiceProfile profile, Path recording) throws IOException {
        Path voice = Files.createDirectories(folder.resolve(profile.id()));
        Files.copy(recording, voice.resolve(profile.reference()));
        JSON.writeValue(voice.resolve(PROFILE).toFile(), profile);
    }
}
