package io.utter.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.utter.error.UtterException;

import java.util.List;
import java.util.Map;

/** A request for {@code /tts} that does not keep to its schema: FastAPI's status 422. */
final class TtsMismatch extends UtterException.InvalidInput {
    private final transient List<ApiV2Problem.Detail> details;

    TtsMismatch(List<ApiV2Problem.Detail> details) {
        super(details.getFirst().loc().getLast().toString(), "invalid_schema", details.getFirst().msg());
        this.details = List.copyOf(details);
    }

    /** Of the body as a whole. */
    TtsMismatch(String type, List<Object> loc, String message, JsonNode input, Map<String, String> context) {
        this(List.of(new ApiV2Problem.Detail(type, loc, message, input, context)));
    }

    /** All that is wrong, in the order of the fields. */
    ApiV2Problem.Details problem() {
        return new ApiV2Problem.Details(details);
    }
}
