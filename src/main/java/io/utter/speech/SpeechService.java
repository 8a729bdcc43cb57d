package io.utter.speech;

import io.utter.engine.Deadline;
import io.utter.engine.EngineMonitor;
import io.utter.engine.SpeechStream;
import io.utter.text.Sentence;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Speaks with the voices of the loaded bundles. Safe for use by many threads. */
public interface SpeechService extends AutoCloseable {

    /**
     * A loaded bundle.
     *
     * @param id what requests call it
     * @param generation {@code v1}, {@code v2}, ...
     * @param sampleRate samples per second of its audio
     * @param created when the bundle was imported, seconds since 1970
     * @param sources names of the files that it was made of
     */
    record Model(String id, String generation, int sampleRate, long created, Set<String> sources) {}

    /**
     * A voice of a bundle.
     *
     * @param id what requests call it
     * @param model the bundle's id
     * @param name for people
     * @param language code of the language it speaks by default
     * @param created when it was added, seconds since 1970; that of its bundle for the bundle's own
     * @param prompted whether its recording serves as a prompt, so that it gives the way of speaking too
     * @param added whether it was added to its bundle, and so can be removed
     * @param consent id of the consent that it rests on, if there is one
     */
    record Voice(String id, String model, String name, String language, long created, boolean prompted, boolean added, Optional<String> consent) {}

    /** The loaded bundles; the first is the default. */
    List<Model> models();

    /** All voices; the first of each bundle is that bundle's default. */
    List<Voice> voices();

    /**
     * Begins to speak. The text is checked and its first sentence prepared before this returns; audio is made when the stream is
     * subscribed to and asked for.
     *
     * @throws io.utter.error.UtterException if the request cannot be served (unknown model or voice, nothing to say, value out of
     *     range, unsupported language)
     */
    default SpeechStream speak(SpeechRequest request) {
        return speak(request, Deadline.never());
    }

    /**
     * The same, to be finished in time: a stream whose deadline passes fails with {@link io.utter.error.UtterException.TimedOut}, wherever
     * it is.
     */
    SpeechStream speak(SpeechRequest request, Deadline deadline);

    /**
     * How the text of a request would be read, sentence by sentence.
     *
     * @throws io.utter.error.UtterException as {@link #speak(SpeechRequest)} would
     */
    List<Sentence> pronounce(SpeechRequest request);

    /** The voice that a request means by these two. */
    Voice voice(String model, String id);

    /**
     * Makes a voice of recordings.
     *
     * @param model id of the bundle that is to speak with it, or {@code default}
     * @param name for people; its id is made of it
     * @throws io.utter.error.UtterException.InvalidInput if a recording, the transcript or the name cannot be used, or there is such a voice already
     */
    default Voice addVoice(String model, String name, Reference reference) {
        return addVoice(model, name, reference, Optional.empty());
    }

    /**
     * The same with the id of the consent that it rests on, which is kept with it.
     */
    Voice addVoice(String model, String name, Reference reference, Optional<String> consent);

    /**
     * Removes a voice that was added.
     *
     * @throws io.utter.error.UtterException.NotFound if there is none
     * @throws io.utter.error.UtterException.InvalidInput if it is a bundle's own
     */
    void removeVoice(String model, String id);

    /** From now on tells the monitor what engines do; one at a time. */
    void monitor(EngineMonitor monitor);

    /** Why nothing can be spoken any more until the process is started anew; empty while all is well. */
    Optional<String> broken();

    /** Ends the streams that still run and frees the models. */
    @Override
    void close();
}
