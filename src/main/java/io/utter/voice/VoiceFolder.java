package io.utter.voice;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.utter.error.UtterException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
    private static final Map<Path, Read> READ = new ConcurrentHashMap<>();

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
            return folders.filter(voice -> !voice.getFileName().toString().startsWith(".") && Files.exists(voice.resolve(PROFILE))).map(this::read)
                    .sorted(Comparator.comparing((VoiceProfile voice) -> !voice.id().equals("default")).thenComparing(VoiceProfile::id))
                    .toList();
        } catch (IOException e) {
            throw new UtterException.Failed("voice_unreadable", "the voices in " + folder + " cannot be read", e);
        }
    }

    private record Read(FileTime written, VoiceProfile profile) {}

    /** What a file says, which is read again only when it has been written anew. */
    private VoiceProfile read(Path voice) {
        Path file = voice.resolve(PROFILE);
        try {
            FileTime written = Files.getLastModifiedTime(file);
            Read known = READ.get(file);
            if (known == null || !known.written.equals(written)) {
                known = new Read(written, parsed(voice));
                READ.put(file, known);
            }
            return known.profile;
        } catch (IOException e) {
            throw new UtterException.Failed("voice_unreadable", "voice " + voice.getFileName() + " cannot be read", e);
        }
    }

    private VoiceProfile parsed(Path voice) {
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

    /** The voice of an id; none if there is no such folder, or the id is none. */
    public Optional<VoiceProfile> find(String id) {
        Path voice = id.matches(VoiceProfile.ID_PATTERN) ? folder.resolve(id) : null;
        return voice == null || !Files.exists(voice.resolve(PROFILE)) ? Optional.empty() : Optional.of(read(voice));
    }

    /** The voice's recordings: the reference first, then the auxiliary ones. */
    public List<byte[]> recordings(VoiceProfile profile) {
        List<byte[]> recordings = new ArrayList<>();
        try {
            recordings.add(Files.readAllBytes(fileOf(profile, profile.reference())));
            for (String auxiliary : profile.auxiliaries()) {
                recordings.add(Files.readAllBytes(fileOf(profile, auxiliary)));
            }
            return recordings;
        } catch (IOException e) {
            throw new UtterException.Failed("voice_unreadable", "the recordings of voice " + profile.id() + " cannot be read", e);
        }
    }

    private Path fileOf(VoiceProfile profile, String name) {
        return folder.resolve(profile.id()).resolve(Path.of(name).getFileName()); // whatever the file says, nothing outside
    }

    /**
     * Writes a voice with its recordings. It appears in one piece.
     *
     * @param recordings the reference, then the auxiliary ones
     * @throws java.nio.file.FileAlreadyExistsException if there is one of that id
     */
    public void write(VoiceProfile profile, List<byte[]> recordings) throws IOException {
        Files.createDirectories(folder);
        Path target = folder.resolve(profile.id());
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(profile.id());
        }
        Path draft = Files.createDirectory(folder.resolve("." + profile.id() + "-" + UUID.randomUUID()));
        try {
            Files.write(draft.resolve(profile.reference()), recordings.getFirst());
            for (int i = 0; i < profile.auxiliaries().size(); i++) {
                Files.write(draft.resolve(profile.auxiliaries().get(i)), recordings.get(i + 1));
            }
            JSON.writeValue(draft.resolve(PROFILE).toFile(), profile);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException e) {
            throw new FileAlreadyExistsException(profile.id());
        } finally {
            delete(draft);
        }
    }

    /** Writes what a voice's recordings have been encoded to, anew. */
    public void rewrite(VoiceProfile profile) throws IOException {
        Path draft = folder.resolve(profile.id()).resolve("." + PROFILE + "-" + UUID.randomUUID());
        try {
            JSON.writeValue(draft.toFile(), profile);
            Files.move(draft, folder.resolve(profile.id()).resolve(PROFILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            READ.remove(folder.resolve(profile.id()).resolve(PROFILE)); // times of files are coarse
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Removes a voice; nobody finds it from the first moment on. */
    public void remove(String id) throws IOException {
        READ.remove(folder.resolve(id).resolve(PROFILE));
        Path gone = folder.resolve("." + id + "-" + UUID.randomUUID());
        Files.move(folder.resolve(id), gone, StandardCopyOption.ATOMIC_MOVE);
        delete(gone);
    }

    /** Deletes a folder and all in it, if it is there. */
    static void delete(Path gone) throws IOException {
        if (!Files.exists(gone)) {
            return;
        }
        try (Stream<Path> files = Files.walk(gone)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
