package io.utter.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.JsonTokenId;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import io.utter.error.UtterException.InvalidInput;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads a JSON object strictly, field by field: no coercion between types, no field twice, nothing after the object, UTF-8 only.
 * Whatever it refuses is an {@link InvalidInput} that names the field. It never looks deeper than the caller asks it to, so nesting costs
 * nothing.
 */
final class JsonFields {
    /** Names the whole body where no single field is at fault. */
    static final String BODY = "body";

    private static final int MAX_DEPTH = 8;
    private static final int MAX_NUMBER_LENGTH = 64;
    private static final int SHOWN_NAME_LENGTH = 64;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNumberLength(MAX_NUMBER_LENGTH).build())
            .build();

    /** Takes the value of one field, with one of the readers of {@link JsonFields}. */
    interface Field {
        void read(String name, JsonFields json) throws IOException;
    }

    private final JsonParser parser;
    private final String path;

    private JsonFields(JsonParser parser, String path) {
        this.parser = parser;
        this.path = path;
    }

    /** Hands each field of the object in {@code body} to {@code field}. */
    static void read(byte[] body, Field field) {
        try (JsonParser parser = JSON.createParser(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidInput(BODY, "invalid_json", "The body must be a JSON object.");
            }
            new JsonFields(parser, "").fields(field);
            if (parser.nextToken() != null) {
                throw new InvalidInput(BODY, "invalid_json", "There is something after the JSON object.");
            }
        } catch (CharacterCodingException e) {
            throw new InvalidInput(BODY, "invalid_json", "The body is not valid UTF-8.");
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    String string(String name) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrongType(name, "a string");
        }
        return parser.getText();
    }

    double number(String name) throws IOException {
        if (!parser.currentToken().isNumeric()) {
            throw wrongType(name, "a number");
        }
        return parser.getDoubleValue();
    }

    boolean bool(String name) throws IOException {
        if (!parser.currentToken().isBoolean()) {
            throw wrongType(name, "a boolean");
        }
        return parser.getBooleanValue();
    }

    int integer(String name) throws IOException {
        long value = longInteger(name);
        if (value != (int) value) {
            throw tooLarge(name, Integer.SIZE);
        }
        return (int) value;
    }

    long longInteger(String name) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw wrongType(name, "a whole number");
        }
        try {
            return parser.getLongValue();
        } catch (InputCoercionException e) {
            throw tooLarge(name, Long.SIZE);
        }
    }

    /** A string, or an object whose only field {@code inner} is that string. */
    String stringOrObjectOf(String inner, String name) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wrongType(name, "a string or an object with the field " + inner);
        }
        String[] found = new String[1];
        new JsonFields(parser, path + name + ".").fields((field, json) -> {
            if (!field.equals(inner)) {
                throw json.unknown(field, inner);
            }
            found[0] = json.string(field);
        });
        if (found[0] == null) {
            throw new InvalidInput(path + name + "." + inner, "missing_field", path + name + "." + inner + " is missing.");
        }
        return found[0];
    }

    /** Bytes as base64. */
    byte[] binary(String name) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrongType(name, "a string");
        }
        try {
            return parser.getBinaryValue();
        } catch (JsonProcessingException e) {
            throw new InvalidInput(path + name, "invalid_base64", path + name + " is not valid base64.");
        }
    }

    /** Hands each field of an object to {@code field}. */
    void object(String name, Field field) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wrongType(name, "an object");
        }
        new JsonFields(parser, path + name + ".").fields(field);
    }

    /** Takes one value of a list. */
    interface Item {
        void read() throws IOException;
    }

    /** Goes through a list; the item's reader reads the value at hand. */
    void list(String name, Item item) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw wrongType(name, "an array");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            item.read();
        }
    }

    InvalidInput unknown(String name, String known) {
        return new InvalidInput(path + shown(name), "unknown_field",
                "Unknown field %s. Known fields: %s.".formatted(path + shown(name), known));
    }

    private void fields(Field field) throws IOException {
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (!seen.add(name)) {
                throw new InvalidInput(path + shown(name), "duplicate_field", path + shown(name) + " is given twice.");
            }
            parser.nextToken();
            field.read(name, this);
        }
    }

    private InvalidInput wrongType(String name, String expected) {
        String found = switch (parser.currentTokenId()) {
            case JsonTokenId.ID_NULL -> "null";
            case JsonTokenId.ID_TRUE, JsonTokenId.ID_FALSE -> "a boolean";
            case JsonTokenId.ID_STRING -> "a string";
            case JsonTokenId.ID_NUMBER_INT, JsonTokenId.ID_NUMBER_FLOAT -> "a number";
            case JsonTokenId.ID_START_ARRAY -> "an array";
            case JsonTokenId.ID_START_OBJECT -> "an object";
            default -> "something else";
        };
        return new InvalidInput(path + name, "wrong_type", "%s must be %s, not %s.".formatted(path + name, expected,
                found.equals(expected) ? "one with a fraction or exponent" : found));
    }

    private InvalidInput tooLarge(String name, int bits) {
        return new InvalidInput(path + name, "out_of_range", "%s does not fit in %d bits.".formatted(path + name, bits));
    }

    private static InvalidInput malformed(JsonProcessingException e) {
        String where = e.getLocation() == null ? "" // a limit of the parser was passed
                : ": line %d, column %d".formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
        return new InvalidInput(BODY, "invalid_json", "The body is not valid JSON" + where + ".");
    }

    private static String shown(String name) {
        return name.length() <= SHOWN_NAME_LENGTH ? name : name.substring(0, SHOWN_NAME_LENGTH) + "...";
    }
}
