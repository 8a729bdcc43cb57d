package io.utter.importer.checkpoint;

import static io.utter.importer.checkpoint.CheckpointException.quoted;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A part of the configuration inside a checkpoint, read field by field. A field that is missing or of another type is named by
 * its full path, as in {@code config.model.n_layers}.
 */
final class ConfigSection {
    private static final long LARGEST_SIZE = 1 << 20;

    private final String path;
    private final Map<?, ?> fields;

    private ConfigSection(String path, Object fields) {
        this.path = path;
        this.fields = typed(path, fields, Map.class, "a table");
    }

    /** The configuration of a file: entry {@code config} of its root. */
    static ConfigSection of(Map<?, ?> root) {
        return new ConfigSection("config", root.get("config"));
    }

    ConfigSection section(String name) {
        return new ConfigSection(path + "." + name, fields.get(name));
    }

    /** A width, count or rate: a whole number from 1 to about a million. */
    int size(String name) {
        return size(path + "." + name, fields.get(name));
    }

    List<Integer> sizes(String name) {
        return sizes(path + "." + name, fields.get(name));
    }

    List<List<Integer>> sizeLists(String name) {
        String field = path + "." + name;
        List<?> lists = typed(field, fields.get(name), List.class, "a list");
        return lists.stream().map(list -> sizes(field, list)).toList();
    }

    String text(String name) {
        return typed(path + "." + name, fields.get(name), String.class, "text");
    }

    Optional<String> optionalText(String name) {
        return fields.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static List<Integer> sizes(String field, Object value) {
        List<?> items = typed(field, value, List.class, "a list");
        return items.stream().map(item -> size(field, item)).toList();
    }

    private static int size(String field, Object value) {
        long size = typed(field, value, Long.class, "a whole number");
        if (size < 1 || size > LARGEST_SIZE) {
            throw new CheckpointException("unusable: " + field + " is " + size);
        }
        return (int) size;
    }

    private static <T> T typed(String field, Object value, Class<T> type, String expected) {
        if (value == null) {
            throw new CheckpointException("incomplete: " + field + " is missing");
        }
        if (!type.isInstance(value)) {
            throw new CheckpointException("unusable: " + field + " should be " + expected + ", is " + shown(value));
        }
        return type.cast(value);
    }

    private static String shown(Object value) {
        return switch (value) {
            case Map<?, ?> _ -> "a table";
            case List<?> _ -> "a list";
            case StoredTensor tensor -> "a tensor " + tensor;
            default -> quoted(value.toString());
        };
    }
}
