package io.utter.api;

import io.utter.error.UtterException.InvalidInput;
import io.utter.speech.Reference;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The field {@code reference} of a speech request: recordings as base64, never as a path or address. */
final class ReferenceBody {
    static final String KNOWN = "audio, auxiliary_audio, transcript, language";

    private byte[] audio;
    private final List<byte[]> auxiliaries = new ArrayList<>();
    private Optional<String> transcript = Optional.empty();
    private Optional<String> language = Optional.empty();

    private ReferenceBody() {}

    static Reference read(String name, JsonFields json) throws IOException {
        ReferenceBody body = new ReferenceBody();
        json.object(name, body::field);
        if (body.audio == null) {
            throw new InvalidInput(name + ".audio", "missing_field", name + ".audio is missing: it is the recording, as base64.");
        }
        return new Reference(body.audio, body.auxiliaries, body.transcript, body.language);
    }

    private void field(String name, JsonFields json) throws IOException {
        switch (name) {
            case "audio" -> audio = json.binary(name);
            case "auxiliary_audio" -> json.list(name, () -> auxiliaries.add(json.binary(name)));
            case "transcript" -> transcript = Optional.of(json.string(name)).filter(text -> !text.isBlank());
            case "language" -> language = Optional.of(json.string(name));
            default -> throw json.unknown(name, KNOWN);
        }
    }
}
