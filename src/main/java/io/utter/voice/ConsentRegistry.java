package io.utter.voice;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.utter.error.UtterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Consents and their recordings: in a folder, each in one of its own, or in memory. What has been recorded is kept as it came and never used for
 * anything. Safe for use by many threads.
 */
public final class ConsentRegistry {
    private static final String FILE = "consent.json";
    private static final String RECORDING = "recording.audio";
    private static final ObjectMapper JSON = new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private final Optional<Path> folder;
    private final int most;
    private final Map<String, Consent> inMemory = new ConcurrentHashMap<>();

    /**
     * @param folder where they are kept; empty: in memory, without their recordings
     * @param most how many there may be
     */
    public ConsentRegistry(Optional<Path> folder, int most) {
        this.folder = folder;
        this.most = most;
    }

    /**
     * All, the newest first.
     *
     * @throws UtterException.Failed if they cannot be read
     */
    public List<Consent> all() {
        return unsorted().stream().sorted(Comparator.comparingLong(Consent::created).reversed().thenComparing(Consent::id)).toList();
    }

    private List<Consent> unsorted() {
        if (folder.isEmpty() || !Files.isDirectory(folder.get())) {
            return List.copyOf(inMemory.values());
        }
        try (Stream<Path> folders = Files.list(folder.get())) {
            return folders.filter(found -> found.getFileName().toString().matches(Consent.ID_PATTERN)).map(ConsentRegistry::read).flatMap(Optional::stream).toList();
        } catch (IOException e) {
            throw new UtterException.Failed("consent_unreadable", "the consents cannot be read", e);
        }
    }

    private static Optional<Consent> read(Path folder) {
        try {
            Consent consent = JSON.readValue(Files.readAllBytes(folder.resolve(FILE)), Consent.class);
            if (!folder.getFileName().toString().equals(consent.id())) {
                throw new UtterException.Failed("consent_unreadable", "consent.json in " + folder.getFileName() + " has another id", null);
            }
            return Optional.of(consent);
        } catch (NoSuchFileException e) {
            return Optional.empty(); // deleted since
        } catch (IOException e) {
            throw new UtterException.Failed("consent_unreadable", "consent " + folder.getFileName() + " cannot be read", e);
        }
    }

    /**
     * The consent of an id; none if there is no such folder, or the id is none.
     *
     * @throws UtterException.Failed if it cannot be read
     */
    public Optional<Consent> find(String id) {
        if (!id.matches(Consent.ID_PATTERN)) {
            return Optional.empty();
        }
        return folder.isEmpty() ? Optional.ofNullable(inMemory.get(id)) : read(folder.get().resolve(id));
    }

    /**
     * Keeps one.
     *
     * @throws UtterException.InvalidInput if there are as many as there may be
     * @throws UtterException.Failed if it cannot be written
     */
    public synchronized Consent add(String name, String language, byte[] recording) {
        if (unsorted().size() >= most) {
            throw new UtterException.InvalidInput("name", "too_many_consents", "There are as many consents as there may be: delete one first.");
        }
        Consent consent = new Consent("cons_" + UUID.randomUUID().toString().replace("-", ""), name, language, Instant.now().getEpochSecond());
        if (folder.isEmpty()) {
            inMemory.put(consent.id(), consent);
            return consent;
        }
        try {
            Files.createDirectories(folder.get());
            Path draft = Files.createDirectory(aside(consent.id()));
            try {
                Files.write(draft.resolve(RECORDING), recording);
                JSON.writeValue(draft.resolve(FILE).toFile(), consent);
                Files.move(draft, folder.get().resolve(consent.id()), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                VoiceFolder.delete(draft);
            }
            return consent;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /**
     * Gives one another name.
     *
     * @throws UtterException.NotFound if there is none of that id
     */
    public synchronized Consent rename(String id, String name) {
        Consent renamed = find(id).orElseThrow(ConsentRegistry::notFound).named(name);
        if (folder.isEmpty()) {
            inMemory.put(id, renamed);
            return renamed;
        }
        Path draft = aside(id);
        try {
            try {
                JSON.writeValue(draft.toFile(), renamed);
                Files.move(draft, folder.get().resolve(id).resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
            return renamed;
        } catch (NoSuchFileException e) {
            throw notFound(); // another process has deleted it
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** @throws UtterException.NotFound if there is none of that id */
    public synchronized void remove(String id) {
        find(id).orElseThrow(ConsentRegistry::notFound);
        if (folder.isEmpty()) {
            inMemory.remove(id);
            return;
        }
        Path gone = aside(id);
        try {
            Files.move(folder.get().resolve(id), gone, StandardCopyOption.ATOMIC_MOVE); // nobody finds it from here on
            VoiceFolder.delete(gone);
        } catch (NoSuchFileException e) {
            throw notFound();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Where something of a consent is that nobody finds yet, or any more. */
    private Path aside(String id) {
        return folder.orElseThrow().resolve("." + id + "-" + UUID.randomUUID());
    }

    /** For those who name one that is not there. */
    public static UtterException.NotFound notFound() {
        return new UtterException.NotFound("consent", "consent_not_found", "There is no such consent.");
    }

    private static UtterException.Failed unwritable(IOException cause) {
        return new UtterException.Failed("consent_unwritable", "the consent cannot be written", cause);
    }
}
