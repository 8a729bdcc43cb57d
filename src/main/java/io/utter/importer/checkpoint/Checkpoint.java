package io.utter.importer.checkpoint;

import static io.utter.importer.checkpoint.CheckpointException.quoted;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An opened PyTorch checkpoint: the zip container of PyTorch 1.6 and later ({@code .ckpt}, {@code .pth}, {@code .pt}, {@code .bin}).
 *
 * <p>Opening reads the description (a pickle of some 100 kB per thousand tensors) and checks it against the file; tensor data stays
 * in the file, which is mapped until {@link #close()}. The file must not be changed while it is open.
 *
 * <p>Errors, all as {@link CheckpointException}, all with one line: not a checkpoint (and what it is instead), truncated, damaged,
 * too large, compressed, refused because of what it wants to load.
 */
public final class Checkpoint implements AutoCloseable {
    private static final String DESCRIPTION = "/data.pkl";
    /** Whole tensors' names and shapes follow the header, so that this much tells pretrained files apart (spec section 1.2). */
    private static final int FINGERPRINT_BYTES = 8192;

    private final Arena arena;
    private final MemorySegment file;
    private final String versionStamp;
    private final Archive archive;
    private final Object root;

    private Checkpoint(Arena arena, MemorySegment file) {
        this.arena = arena;
        this.file = file;
        this.versionStamp = FileFormat.versionStamp(file);
        this.archive = Archive.parse(file);
        this.root = read();
    }

    /** Opens a checkpoint of any kind. */
    public static Checkpoint open(Path path) {
        Arena arena = Arena.ofShared();
        try {
            return new Checkpoint(arena, map(path, arena));
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    /** Size of the file in bytes. */
    public long size() {
        return file.byteSize();
    }

    /**
     * The two digits that stand where a zip file has "PK", by which GPT-SoVITS marks the model version of newer SoVITS files;
     * empty for a plain zip.
     */
    public Optional<String> versionStamp() {
        return versionStamp.isEmpty() ? Optional.empty() : Optional.of(versionStamp);
    }

    /**
     * What was saved, as unmodifiable plain data: {@code Map<String, Object>}, {@code List<Object>}, {@code String}, {@code Long},
     * {@link java.math.BigInteger}, {@code Double}, {@code Boolean}, {@code null}, {@link StoredTensor}. Tuples are lists; HParams and
     * OrderedDict are maps, in the file's order; paths are text; dictionary keys that are numbers are text.
     */
    public Object root() {
        return root;
    }

    /**
     * The state dict at a place in the file, name to tensor, in the file's order.
     *
     * @param path keys that lead there: none when the file is a bare state dict, {@code "weight"}, {@code "generator"}, ...
     * @throws CheckpointException when there is none, or something in it is not a tensor
     */
    public Map<String, StoredTensor> tensors(String... path) {
        Object found = root;
        for (String key : path) {
            found = found instanceof Map<?, ?> map ? map.get(key) : null;
        }
        String place = path.length == 0 ? "the file" : "entry " + quoted(String.join(".", path));
        if (!(found instanceof Map<?, ?> entries)) {
            throw new CheckpointException("wrong content: " + place + " is not a table of tensors");
        }
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        entries.forEach((name, value) -> {
            if (!(value instanceof StoredTensor tensor)) {
                throw new CheckpointException("wrong content: " + quoted((String) name) + " in " + place + " is not a tensor");
            }
            tensors.put((String) name, tensor);
        });
        return Collections.unmodifiableMap(tensors);
    }

    /** Reads the whole file and compares every member with its checksum: finds what a failing disk or download has changed. */
    public void verify() {
        archive.entries().forEach(Archive.Entry::verify);
    }

    /** Unmaps the file: no tensor of it can be read any more. */
    @Override
    public void close() {
        arena.close();
    }

    /** The first 8 KiB, as they are in the file. */
    byte[] fingerprint() {
        return file.asSlice(0, Math.min(FINGERPRINT_BYTES, size())).toArray(ValueLayout.JAVA_BYTE);
    }

    private Object read() {
        String folder = folder();
        if (archive.has(folder + "/byteorder")) {
            String order = content(folder + "/byteorder");
            if (!order.strip().equals("little")) {
                throw new CheckpointException("refused: the tensors have byte order " + quoted(order) + "; only 'little' can be read");
            }
        }
        Archive.Entry description = archive.entry(folder + DESCRIPTION);
        description.verify();
        TorchObjects objects = new TorchObjects(key -> archive.entry(folder + "/data/" + key).stored());
        return PickleMachine.run(description.stored(), objects, PlainData.Budget.forFile(size()));
    }

    /** All members lie in one folder, of whatever name. */
    private String folder() {
        List<String> descriptions = archive.entries().stream().map(Archive.Entry::name).filter(name -> name.endsWith(DESCRIPTION)).toList();
        if (descriptions.size() != 1) {
            String first = archive.entries().stream().findFirst().map(entry -> ", with " + quoted(entry.name()) + " in it").orElse("");
            throw new CheckpointException("not a PyTorch checkpoint: a zip archive with " + descriptions.size() + " data.pkl" + first);
        }
        String name = descriptions.getFirst();
        return name.substring(0, name.length() - DESCRIPTION.length());
    }

    private String content(String member) {
        MemorySegment bytes = archive.entry(member).stored();
        return new String(bytes.asSlice(0, Math.min(bytes.byteSize(), 64)).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    private static MemorySegment map(Path path, Arena arena) {
        String name = quoted(String.valueOf(path.getFileName()));
        if (!Files.exists(path)) {
            throw new CheckpointException("no such file: " + name);
        }
        if (!Files.isRegularFile(path)) {
            throw new CheckpointException("not a PyTorch checkpoint: " + name + " is not a regular file");
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
        } catch (IOException e) {
            throw new CheckpointException("cannot be read: " + name, e);
        }
    }
}
