package io.utter.model;

import io.utter.error.UtterException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The TensorRT engines of a bundle, in its folder {@code engines}: which there are, which of them fits, and why the others do not. */
public final class EngineFolder {
    static final String NAME = "engines";
    /** Folders that are being written, or deleted. */
    private static final String HIDDEN = ".";

    private final Bundle bundle;
    private final Path folder;

    public EngineFolder(Bundle bundle) {
        this.bundle = bundle;
        this.folder = bundle.file(NAME);
    }

    /**
     * What has become of an engine.
     *
     * @param name of its folder
     * @param fits whether it can be used
     * @param why it cannot, or what it is for
     */
    public record State(String name, boolean fits, String why) {}

    /**
     * What there is for a graph.
     *
     * @param fitting the folder of the engine that can be used
     * @param others those of this graph that cannot be, and whatever is damaged
     */
    record Choice(Optional<Path> fitting, List<State> others) {}

    private List<Path> folders() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> !path.getFileName().toString().startsWith(HIDDEN)).sorted().toList();
        } catch (IOException e) {
            throw new UtterException.Failed("engines_unreadable", "the engines of bundle " + bundle.manifest().name() + " cannot be read: " + e.getMessage(), e);
        }
    }

    boolean isEmpty() {
        return folders().isEmpty();
    }

    /**
     * All of them.
     *
     * @param windows most in a run of the waveform
     * @param here the machine that is to use them; empty where that is another one
     */
    public List<State> states(int windows, Optional<EngineMachine> here) {
        EngineProfile needed = EngineProfile.ofWaveform(bundle.manifest().acoustic(), windows);
        return folders().stream().map(path -> state(path, needed, here)).toList();
    }

    private State state(Path path, EngineProfile needed, Optional<EngineMachine> here) {
        String name = path.getFileName().toString();
        try {
            EngineFile engine = EngineFile.read(path);
            if (!EngineKey.isCompiled(engine.key().graph())) {
                return new State(name, false, "there are no engines of " + engine.key().graph());
            }
            Optional<String> stale = engine.stale(bundle, needed).or(() -> here.flatMap(machine -> engine.key().difference(machine)));
            EngineMachine machine = engine.key().machine();
            return stale.map(why -> new State(name, false, why)).orElseGet(
                    () -> new State(name, true, "compute capability " + machine.capability() + ", TensorRT " + machine.tensorRt()));
        } catch (EngineFile.Damaged e) {
            return new State(name, false, e.getMessage());
        }
    }

    /** Which engine runs the waveform here. */
    Choice choose(int windows, EngineMachine here) {
        List<State> states = states(windows, Optional.of(here));
        return new Choice(states.stream().filter(State::fits).findFirst().map(state -> folder.resolve(state.name())),
                states.stream().filter(state -> !state.fits()).toList());
    }

    /** A hidden folder in which an engine can be built. */
    Path draft() {
        try {
            Files.createDirectories(folder);
            return Files.createDirectory(folder.resolve(HIDDEN + "build-" + UUID.randomUUID())); // readable by others, unlike a temporary one
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Gives a draft its name, in place of what may have had it. Whoever reads sees the old one, the new one, or for a moment none, but no half of one. */
    Path publish(Path draft, EngineKey key) {
        Path target = folder.resolve(key.folder());
        try {
            Path old = folder.resolve(HIDDEN + "replaced-" + UUID.randomUUID());
            if (Files.exists(target)) {
                Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            delete(old);
            return target;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** The timings of an engine that was built before on such a machine, whatever it was built of: kernels are not timed again then. */
    Optional<Path> timings(EngineMachine machine) {
        for (Path path : folders()) {
            try {
                if (EngineFile.read(path).key().machine().equals(machine) && Files.exists(path.resolve(EngineFile.TIMINGS))) {
                    return Optional.of(path.resolve(EngineFile.TIMINGS));
                }
            } catch (EngineFile.Damaged e) {
                // has no timings that are worth anything
            }
        }
        return Optional.empty();
    }

    /** Deletes a draft that did not become an engine, and the folder if nothing else is in it. */
    void discard(Path draft) {
        try {
            delete(draft);
            try (Stream<Path> rest = Files.list(folder)) {
                if (rest.findAny().isPresent()) {
                    return;
                }
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /**
     * Deletes engines. A server that runs them keeps what it has loaded.
     *
     * @param name of one; empty for all
     * @return names of those that were deleted
     * @throws UtterException.NotFound if there is none of that name
     */
    public List<String> remove(Optional<String> name) {
        List<Path> chosen = folders().stream().filter(path -> name.isEmpty() || path.getFileName().toString().equals(name.get())).toList();
        if (name.isPresent() && chosen.isEmpty()) {
            throw new UtterException.NotFound("engine", "engine_not_found",
                    "bundle " + bundle.manifest().name() + " has no engine " + name.get() + ": see utter engines list");
        }
        List<String> removed = new ArrayList<>();
        try {
            for (Path path : chosen) {
                Path hidden = Files.move(path, folder.resolve(HIDDEN + "removed-" + UUID.randomUUID()), StandardCopyOption.ATOMIC_MOVE);
                delete(hidden);
                removed.add(path.getFileName().toString());
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
        return removed;
    }

    private UtterException.Failed unwritable(IOException e) {
        String why = e instanceof FileSystemException failure && failure.getReason() != null ? failure.getReason() : e.getClass().getSimpleName();
        return new UtterException.Failed("engines_unwritable", folder + " cannot be written to: " + why, e);
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
