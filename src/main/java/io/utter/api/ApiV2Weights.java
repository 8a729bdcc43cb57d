package io.utter.api;

import io.utter.error.UtterException.InvalidInput;
import io.utter.speech.SpeechService.Model;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which model clients of {@code api_v2.py} mean by the two checkpoints that they name one after the other. The first chooses a model already; the
 * second must have been imported together with it. Once both are named, one that does not go with the other begins the next pair. Safe for use by
 * many threads.
 */
final class ApiV2Weights {

    /** What a checkpoint holds. */
    enum Kind {
        GPT,
        SOVITS
    }

    private final Map<Kind, String> named = new EnumMap<>(Kind.class); // guarded by this
    private volatile Optional<String> chosen = Optional.empty();

    /** The model that is meant: the first while none is. */
    Model model(List<Model> models) {
        return models.stream().filter(known -> chosen.filter(known.id()::equals).isPresent()).findFirst().orElse(models.getFirst());
    }

    /**
     * From now on a checkpoint is meant.
     *
     * @param path ends with the name of the file that a model was made of; or is a model's id, which stands for a whole pair
     * @throws InvalidInput if no model was made of it, or none of it and the one that was named before; then nothing has changed
     */
    synchronized void choose(Kind kind, String path, List<Model> models) {
        if (models.stream().map(Model::id).anyMatch(path::equals)) {
            named.clear();
            chosen = Optional.of(path);
            return;
        }
        List<Model> fitting = madeOf(path, models);
        if (fitting.isEmpty()) {
            throw refused(path + " is neither a model nor a checkpoint that one was imported from");
        }
        Optional<String> other = named.entrySet().stream().filter(entry -> entry.getKey() != kind).map(Map.Entry::getValue).findFirst();
        List<Model> pairs = other.map(before -> madeOf(before, fitting)).orElse(fitting);
        if (pairs.isEmpty() && !named.containsKey(kind)) {
            throw refused(path + " was not imported together with " + other.orElseThrow() + ", which was named before: pairs cannot be mixed");
        }
        if (pairs.isEmpty()) {
            named.clear();
            pairs = fitting;
        }
        named.put(kind, path);
        Model present = model(models);
        chosen = Optional.of(pairs.contains(present) ? present.id() : pairs.getFirst().id());
    }

    private static List<Model> madeOf(String path, List<Model> models) {
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        return models.stream().filter(model -> model.sources().contains(name)).toList();
    }

    private static InvalidInput refused(String message) {
        return new InvalidInput("weights_path", "model_not_found", message);
    }
}
