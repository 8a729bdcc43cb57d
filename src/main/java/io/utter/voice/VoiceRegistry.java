package io.utter.voice;

import io.utter.error.UtterException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * The voices of one bundle: its own, which nobody changes, and those that were added. Added ones are in a folder, where other processes see
 * them too, or in memory. Safe for use by many threads; who looks for a voice waits for nobody who adds one.
 */
public final class VoiceRegistry {
    /** Of all that are kept in memory, with their recordings. */
    private static final long MOST_BYTES_IN_MEMORY = 64L << 20;

    private record Held(VoiceProfile profile, List<byte[]> recordings) {
        long bytes() {
            return recordings.stream().mapToLong(recording -> recording.length).sum() + Float.BYTES * (long) profile.style().length;
        }
    }

    private final VoiceFolder own;
    private final List<VoiceProfile> ownVoices;
    private final Optional<VoiceFolder> added;
    private final int most;
    private final Map<String, Held> inMemory = new ConcurrentSkipListMap<>();

    /**
     * @param own the bundle's
     * @param added where voices are added; empty: in memory
     * @param most how many voices may be added
     * @throws UtterException.Failed naming a voice that cannot be read
     */
    public VoiceRegistry(VoiceFolder own, Optional<VoiceFolder> added, int most) {
        this.own = own;
        this.ownVoices = own.read();
        this.added = added;
        this.most = most;
    }

    /** All voices: the bundle's own first, and of these the one called {@code default}. */
    public List<VoiceProfile> all() {
        return Stream.concat(ownVoices.stream(), addedVoices().stream()
                .sorted(Comparator.comparing(VoiceProfile::id)).filter(voice -> !isOwn(voice.id()))).toList();
    }

    /** The first of {@link #all}. */
    public Optional<VoiceProfile> first() {
        return ownVoices.isEmpty() ? all().stream().findFirst() : Optional.of(ownVoices.getFirst());
    }

    private List<VoiceProfile> addedVoices() {
        return added.map(VoiceFolder::read).orElseGet(() -> inMemory.values().stream().map(Held::profile).toList());
    }

    public Optional<VoiceProfile> find(String id) {
        return ownVoices.stream().filter(voice -> voice.id().equals(id)).findFirst().or(() -> findAdded(id));
    }

    private Optional<VoiceProfile> findAdded(String id) {
        return added.isPresent() ? added.get().find(id) : Optional.ofNullable(inMemory.get(id)).map(Held::profile);
    }

    public boolean isOwn(String id) {
        return ownVoices.stream().anyMatch(voice -> voice.id().equals(id));
    }

    /** The voice's recordings: the reference first, then the auxiliary ones. */
    public List<byte[]> recordings(VoiceProfile voice) {
        if (isOwn(voice.id())) {
            return own.recordings(voice);
        }
        return added.isPresent() ? added.get().recordings(voice) : inMemory.get(voice.id()).recordings();
    }

    /**
     * Adds a voice.
     *
     * @throws UtterException.InvalidInput about {@code id} if there is one of that id
     * @throws UtterException.OverQuota if there are as many as there may be
     * @throws UtterException.Failed if it cannot be written
     */
    public synchronized void add(VoiceProfile voice, List<byte[]> recordings) {
        if (find(voice.id()).isPresent()) {
            throw exists(voice.id());
        }
        Held held = new Held(voice, recordings);
        if (addedVoices().size() >= most || added.isEmpty() && inMemory.values().stream().mapToLong(Held::bytes).sum() + held.bytes() > MOST_BYTES_IN_MEMORY) {
            throw new UtterException.InvalidInput("name", "too_many_voices", "There are as many voices as there may be: delete one first.");
        }
        if (added.isEmpty()) {
            inMemory.put(voice.id(), held);
            return;
        }
        try {
            added.get().write(voice, recordings);
        } catch (FileAlreadyExistsException e) {
            throw exists(voice.id());
        } catch (IOException e) {
            throw new UtterException.Failed("voice_unwritable", "the voice cannot be written", e);
        }
    }

    private static UtterException.InvalidInput exists(String id) {
        return new UtterException.InvalidInput("name", "voice_exists", "There is a voice " + id + " already: choose another name, or delete it first.");
    }

    /** Keeps what a voice's recordings have been encoded to, if it can be kept: where a folder cannot be written to, it is encoded again. */
    public synchronized void update(VoiceProfile voice) {
        if (isOwn(voice.id())) {
            return;
        }
        if (added.isEmpty()) {
            inMemory.computeIfPresent(voice.id(), (id, held) -> new Held(voice, held.recordings()));
            return;
        }
        try {
            added.get().rewrite(voice);
        } catch (IOException e) {
            // read-only
        }
    }

    /**
     * Removes a voice that was added.
     *
     * @throws UtterException.NotFound if there is none of that id
     * @throws UtterException.InvalidInput if it is the bundle's own
     */
    public synchronized void remove(String id) {
        if (isOwn(id)) {
            throw new UtterException.InvalidInput("voice", "voice_is_built_in", "Voice " + id + " is part of its model: only voices that were added can be deleted.");
        }
        if (findAdded(id).isEmpty()) {
            throw notFound();
        }
        if (added.isEmpty()) {
            inMemory.remove(id);
            return;
        }
        try {
            added.get().remove(id);
        } catch (NoSuchFileException e) {
            throw notFound();
        } catch (IOException e) {
            throw new UtterException.Failed("voice_unwritable", "the voice cannot be deleted", e);
        }
    }

    private static UtterException.NotFound notFound() {
        return new UtterException.NotFound("voice", "voice_not_found", "There is no such voice.");
    }
}
