package io.utter.importer.checkpoint;

import static io.utter.importer.checkpoint.CheckpointException.quoted;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the allowed {@linkplain PickleGlobal globals} build. This is all that a pickle can make happen.
 *
 * @see <a href="https://github.com/pytorch/pytorch/blob/main/torch/_utils.py">torch/_utils.py</a>
 */
final class TorchObjects {
    private final Function<String, MemorySegment> storages;

    /** An immutable sequence; kept apart from lists while reading, because only lists grow. */
    record Tuple(List<Object> items) {}

    /** An object of class {@code utils.HParams}: named fields. */
    record Fields(Map<String, Object> values) {}

    /** The bytes behind one or more tensors. */
    record Storage(DType dtype, MemorySegment data) {
        long length() {
            return data.byteSize() / dtype.bytes();
        }
    }

    /** @param storages the content of the storage with a given key; throws {@link CheckpointException} when there is none */
    TorchObjects(Function<String, MemorySegment> storages) {
        this.storages = storages;
    }

    /** A persistent id: {@code ('storage', torch.XStorage, key, device, length)}. */
    Storage storage(Object id) {
        if (id instanceof Tuple(var items) && items.size() >= 5 && "storage".equals(items.get(0))
                && items.get(1) instanceof PickleGlobal.Storage(DType dtype)
                && items.get(2) instanceof String key && items.get(4) instanceof Long length) {
            MemorySegment data = storages.apply(key);
            if (length < 0 || length > data.byteSize() || length * dtype.bytes() != data.byteSize()) {
                throw new CheckpointException("damaged: storage %s should hold %d elements of %s and has %d bytes"
                        .formatted(quoted(key), length, dtype, data.byteSize()));
            }
            return new Storage(dtype, data);
        }
        throw new CheckpointException("damaged: a persistent id that is not a tensor storage");
    }

    /** {@code global(*args)} */
    Object call(Object global, Object args) {
        if (global instanceof PickleGlobal callee && args instanceof Tuple(var items)) {
            if (callee == PickleGlobal.Callable.ORDERED_DICT && items.isEmpty()) {
                return new LinkedHashMap<>();
            }
            if (callee == PickleGlobal.Callable.REBUILD_TENSOR) {
                return tensor(items);
            }
            if (callee == PickleGlobal.Callable.REBUILD_PARAMETER && !items.isEmpty() && items.getFirst() instanceof StoredTensor data) {
                return data;
            }
            if (callee instanceof PickleGlobal.PathClass(String separator)) {
                return path(separator, items);
            }
        }
        throw new CheckpointException("refused: the pickle calls something that cannot be called like this");
    }

    /** {@code cls.__new__(cls, *args)} */
    Object create(Object cls, Object args) {
        if (cls == PickleGlobal.Callable.HPARAMS && args instanceof Tuple(var items) && items.isEmpty()) {
            return new Fields(new LinkedHashMap<>());
        }
        if (cls == PickleGlobal.Callable.ORDERED_DICT && args instanceof Tuple(var items) && items.isEmpty()) {
            return new LinkedHashMap<>();
        }
        throw new CheckpointException("refused: the pickle makes an object of a class that has none");
    }

    /** {@code target.__setstate__(state)}, which for HParams sets fields; the attributes of a dict (its {@code _metadata}) are dropped. */
    void build(Object target, Object state) {
        switch (target) {
            case Fields(var values) when state instanceof Map<?, ?> fields ->
                fields.forEach((name, value) -> values.put((String) name, value));
            case Map<?, ?> _ when state instanceof Map<?, ?> -> { }
            case null, default -> throw new CheckpointException("refused: the pickle sets the state of something that has none");
        }
    }

    /** {@code _rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks)}; the last two mean nothing here. */
    private static StoredTensor tensor(List<Object> args) {
        if (args.size() >= 4 && args.get(0) instanceof Storage storage && args.get(1) instanceof Long offset
                && args.get(2) instanceof Tuple(var size) && args.get(3) instanceof Tuple(var stride)) {
            Strides layout = Strides.checked(longs(size), offset, longs(stride), storage.length());
            return new StoredTensor(storage.dtype(), layout, storage.data());
        }
        throw new CheckpointException("damaged: a tensor is described in a way that makes no sense");
    }

    private static long[] longs(List<Object> items) {
        long[] values = new long[items.size()];
        for (int i = 0; i < values.length; i++) {
            if (!(items.get(i) instanceof Long value)) {
                throw new CheckpointException("damaged: the shape of a tensor is not made of numbers");
            }
            values[i] = value;
        }
        return values;
    }

    private static String path(String separator, List<Object> parts) {
        List<String> names = new ArrayList<>();
        for (Object part : parts) {
            if (!(part instanceof String name)) {
                throw new CheckpointException("damaged: a path that is not made of names");
            }
            names.add(name);
        }
        boolean rooted = names.size() > 1 && names.getFirst().endsWith(separator);
        String start = rooted ? names.removeFirst() : "";
        return start + String.join(separator, names);
    }
}
