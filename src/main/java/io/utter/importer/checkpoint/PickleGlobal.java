package io.utter.importer.checkpoint;

import static io.utter.importer.checkpoint.CheckpointException.quoted;

import java.util.HashMap;
import java.util.Map;

/**
 * The names a pickle may mention: the complete list. Each is a marker whose meaning lives in {@link TorchObjects}; no class of
 * that name is ever looked for.
 */
sealed interface PickleGlobal {
    /** {@code torch.HalfStorage} and its kind: the element type of a storage. */
    record Storage(DType dtype) implements PickleGlobal {}

    /** A class of {@code pathlib}; configurations of GPT files contain paths of the machine they were trained on. */
    record PathClass(String separator) implements PickleGlobal {}

    /** The functions and classes proper. */
    enum Callable implements PickleGlobal { ORDERED_DICT, REBUILD_TENSOR, REBUILD_PARAMETER, HPARAMS }

    Map<String, PickleGlobal> ALLOWED = allowed();

    /** @throws CheckpointException naming the global when it is not on the list */
    static PickleGlobal named(String module, String name) {
        PickleGlobal global = ALLOWED.get(module + "." + name);
        if (global == null) {
            throw new CheckpointException("refused: the file wants to load " + quoted(module + "." + name)
                    + ", which no GPT-SoVITS checkpoint needs and which may be code");
        }
        return global;
    }

    private static Map<String, PickleGlobal> allowed() {
        Map<String, PickleGlobal> allowed = new HashMap<>();
        allowed.put("collections.OrderedDict", Callable.ORDERED_DICT);
        allowed.put("torch._utils._rebuild_tensor_v2", Callable.REBUILD_TENSOR);
        allowed.put("torch._utils._rebuild_parameter", Callable.REBUILD_PARAMETER);
        allowed.put("utils.HParams", Callable.HPARAMS);
        for (DType dtype : DType.values()) {
            allowed.put("torch." + dtype.torchStorage(), new Storage(dtype));
        }
        for (String module : new String[] {"pathlib", "pathlib._local"}) { // the latter is what Python 3.13 writes
            for (String posix : new String[] {"Path", "PurePath", "PosixPath", "PurePosixPath"}) {
                allowed.put(module + "." + posix, new PathClass("/"));
            }
            for (String windows : new String[] {"WindowsPath", "PureWindowsPath"}) {
                allowed.put(module + "." + windows, new PathClass("\\"));
            }
        }
        return Map.copyOf(allowed);
    }
}
