package io.utter.importer.checkpoint;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns what the pickle machine built into plain, unmodifiable data: {@code Map<String, Object>}, {@code List<Object>},
 * {@code String}, {@code Long}, {@link BigInteger}, {@code Double}, {@code Boolean}, {@code null} and {@link StoredTensor}.
 * Objects of class HParams and OrderedDict become maps, tuples lists.
 *
 * <p>A pickle can refer to one object many times, even to one that contains it. Whoever walks the result must not have to care, so
 * what is built here is a tree: cycles are refused, and what is referred to twice counts twice against the {@link Budget}.
 */
final class PlainData {
    private static final int DEEPEST = 64;

    private final Budget budget;
    private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>()); // the containers around the current value
    private int values;
    private long tensorBytes;

    /**
     * How much a file may describe.
     *
     * @param values of all kinds together, containers included
     * @param tensorBytes of all tensors together, in the file's element types
     */
    record Budget(int values, long tensorBytes) {
        /** Real files have two per tensor and a hundred in their configuration. */
        private static final int MOST_VALUES = 200_000;
        /** Tensors may share storage (tied embeddings do), but not without end. */
        private static final int MOST_SHARING = 16;

        static Budget forFile(long fileBytes) {
            return new Budget(MOST_VALUES, Math.multiplyExact(fileBytes, MOST_SHARING));
        }
    }

    private PlainData(Budget budget) {
        this.budget = budget;
    }

    static Object of(Object built, Budget budget) {
        return new PlainData(budget).plain(built);
    }

    private Object plain(Object value) {
        if (++values > budget.values) {
            throw new CheckpointException("too large: the checkpoint describes more than " + budget.values + " values");
        }
        return switch (value) {
            case null -> null;
            case String _, Long _, BigInteger _, Double _, Boolean _ -> value;
            case StoredTensor tensor -> counted(tensor);
            case TorchObjects.Tuple(var items) -> list(items);
            case List<?> items -> list(items);
            case TorchObjects.Fields(var fields) -> map(fields);
            case Map<?, ?> entries -> map(entries);
            default -> throw new CheckpointException("damaged: a class or storage where a value should be");
        };
    }

    private StoredTensor counted(StoredTensor tensor) {
        tensorBytes += tensor.elementCount() * tensor.dtype().bytes(); // each summand is at most the file's size
        if (tensorBytes > budget.tensorBytes) {
            throw new CheckpointException("too large: the tensors share their data so often that they make far more than the file has");
        }
        return tensor;
    }

    private List<Object> list(Collection<?> items) {
        enter(items);
        List<Object> list = new ArrayList<>(items.size());
        items.forEach(item -> list.add(plain(item)));
        open.remove(items);
        return Collections.unmodifiableList(list);
    }

    private Map<String, Object> map(Map<?, ?> entries) {
        enter(entries);
        Map<String, Object> map = new LinkedHashMap<>();
        entries.forEach((key, value) -> map.put((String) key, plain(value)));
        open.remove(entries);
        return Collections.unmodifiableMap(map);
    }

    private void enter(Object container) {
        if (!open.add(container)) {
            throw new CheckpointException("refused: the checkpoint contains something that contains itself");
        }
        if (open.size() > DEEPEST) {
            throw new CheckpointException("refused: the checkpoint is nested more than " + DEEPEST + " deep");
        }
    }
}
