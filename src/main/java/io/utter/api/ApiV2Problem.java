package io.utter.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.List;

/** The bodies of errors as {@code api_v2.py} writes them. */
sealed interface ApiV2Problem {
    /** Code of an invalid input whose message is all that is said. */
    String PARAMETER = "invalid_parameter";
    /** Code of an invalid input that has the wrong type, or is missing: FastAPI's status 422. */
    String SCHEMA = "invalid_schema";

    /** What is wrong, and, where a request was taken and failed, why. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Message(String message, @JsonProperty("Exception") String exception) implements ApiV2Problem {}

    /** What FastAPI says of a body that does not keep to its schema. */
    record Details(List<Detail> detail) implements ApiV2Problem {}

    /** @param loc where it is, for instance {@code body, top_k} */
    record Detail(String type, List<String> loc, String msg) {}

    static ApiV2Problem of(int status, String code, String field, String message) {
        return switch (code) {
            case SCHEMA -> new Details(List.of(new Detail("value_error", List.of("body", field), message)));
            case PARAMETER -> new Message(message, null);
            default -> status == 400 ? new Message("tts failed", message) : new Message(message, null);
        };
    }
}
