package io.utter.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

/** The bodies of errors as {@code api_v2.py} writes them. */
sealed interface ApiV2Problem {
    /** Code of an invalid input whose message is all that is said. */
    String PARAMETER = "invalid_parameter";

    /** What is wrong, and, where a request was taken and failed, why. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Message(String message, @JsonProperty("Exception") String exception) implements ApiV2Problem {}

    /** What FastAPI says of a request that does not keep to its schema. */
    record Details(List<Detail> detail) implements ApiV2Problem {}

    /**
     * What pydantic has against one value.
     *
     * @param type its name of the error, for instance {@code int_parsing}
     * @param loc where the value is, for instance {@code body, top_k}
     * @param input the value
     * @param ctx more about some types of errors
     */
    record Detail(String type, List<Object> loc, String msg, JsonNode input, @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> ctx) {}

    static ApiV2Problem of(int status, String code, String message) {
        return status == 400 && !code.equals(PARAMETER) ? new Message("tts failed", message) : new Message(message, null);
    }
}
