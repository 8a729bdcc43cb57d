package io.utter.cli;

import io.utter.lifecycle.SpeechServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands; those that speak are given what loads their voices. */
record CommandFactory(SpeechServiceLoader loader) implements IFactory {

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (type == Say.class) {
            return type.cast(new Say(loader));
        }
        if (type == Phonemes.class) {
            return type.cast(new Phonemes(loader));
        }
        if (type == Voices.class) {
            return type.cast(new Voices(loader));
        }
        if (type == VoiceCommand.class) {
            return type.cast(new VoiceCommand(loader));
        }
        if (type == Bench.class) {
            return type.cast(new Bench(loader));
        }
        return CommandLine.defaultFactory().create(type);
    }
}
