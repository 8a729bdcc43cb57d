package io.utter.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads fields as pydantic does, with which upstream's are declared (in its lax mode): text may be a number or a truth value, numbers may be truth
 * values, and truth values numbers. Absent is what is not there at all; a null is a value of the wrong type. What is wrong is gathered
 * until {@link #check()}.
 */
final class TtsFields {
    /** Python's bound on text that is to be a whole number. */
    private static final int MOST_DIGITS = 4300;
    /** A short body can hold very many values that are wrong. */
    private static final int MOST_TOLD = 100;
    private static final Pattern WHOLE = Pattern.compile("([+-]?)([0-9_]++)(?:\\.0++)?");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?");
    private static final Pattern NOT_FINITE = Pattern.compile("([+-]?)(?:(inf|infinity)|nan)", Pattern.CASE_INSENSITIVE);
    private static final Set<String> YES = Set.of("1", "on", "t", "true", "y", "yes");
    private static final Set<String> NO = Set.of("0", "off", "f", "false", "n", "no");

    private final String source;
    private final ObjectNode fields;
    private final List<ApiV2Problem.Detail> wrong = new ArrayList<>();

    /** @param source where they are: {@code body} or {@code query} */
    TtsFields(String source, ObjectNode fields) {
        this.source = source;
        this.fields = fields;
    }

    /** @throws TtsMismatch if a value that was read has the wrong type */
    void check() {
        if (!wrong.isEmpty()) {
            throw new TtsMismatch(wrong);
        }
    }

    Optional<String> text(String field) {
        return given(field).flatMap(value -> text(value, source, field));
    }

    private Optional<String> text(JsonNode value, Object... where) {
        return value.isTextual() ? Optional.of(value.asText()) : refused("string_type", "Input should be a valid string", value, where);
    }

    List<String> texts(String field) {
        List<String> found = new ArrayList<>();
        given(field).ifPresent(list -> {
            if (!list.isArray()) {
                refused("list_type", "Input should be a valid list", list, source, field);
            }
            for (int i = 0; list.isArray() && i < list.size() && wrong.size() < MOST_TOLD; i++) {
                text(list.get(i), source, field, i).ifPresent(found::add);
            }
        });
        return found;
    }

    Optional<BigInteger> whole(String field) {
        return given(field).flatMap(value -> whole(value, source, field));
    }

    private Optional<BigInteger> whole(JsonNode value, Object... where) {
        return switch (value.getNodeType()) {
            case BOOLEAN -> Optional.of(value.booleanValue() ? BigInteger.ONE : BigInteger.ZERO);
            case NUMBER -> value.isIntegralNumber() ? Optional.of(value.bigIntegerValue()) : wholeOf(value, where);
            case STRING -> wholeOf(value.asText(), value, where);
            default -> refused("int_type", "Input should be a valid integer", value, where);
        };
    }

    private Optional<BigInteger> wholeOf(JsonNode fraction, Object... where) {
        double number = fraction.doubleValue();
        if (!Double.isFinite(number)) {
            return refused("finite_number", "Input should be a finite number", fraction, where);
        }
        if (number != Math.rint(number)) {
            return refused("int_from_float", "Input should be a valid integer, got a number with a fractional part", fraction, where);
        }
        return isLong(number) ? Optional.of(BigInteger.valueOf((long) number)) : tooLong(fraction, where);
    }

    private Optional<BigInteger> wholeOf(String text, JsonNode value, Object... where) {
        Matcher whole = WHOLE.matcher(stripped(text));
        if (!whole.matches() || !isSeparated(whole.group(2))) {
            return refused("int_parsing", "Input should be a valid integer, unable to parse string as an integer", value, where);
        }
        String digits = whole.group(2).replace("_", "");
        return digits.length() > MOST_DIGITS ? tooLong(value, where) : Optional.of(new BigInteger(whole.group(1) + digits));
    }

    private Optional<BigInteger> tooLong(JsonNode value, Object... where) {
        return refused("int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size", value, where);
    }

    /** Also what is not finite. */
    OptionalDouble number(String field) {
        Optional<Double> number = given(field).flatMap(value -> switch (value.getNodeType()) {
            case BOOLEAN -> Optional.of(value.booleanValue() ? 1.0 : 0.0);
            case NUMBER -> Optional.of(value.doubleValue());
            case STRING -> numberOf(value.asText()).or(
                    () -> refused("float_parsing", "Input should be a valid number, unable to parse string as a number", value, source, field));
            default -> refused("float_type", "Input should be a valid number", value, source, field);
        });
        return number.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    private static Optional<Double> numberOf(String text) {
        String bare = stripped(text);
        Matcher notFinite = NOT_FINITE.matcher(bare);
        if (notFinite.matches()) {
            double infinite = notFinite.group(1).equals("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            return Optional.of(notFinite.group(2) == null ? Double.NaN : infinite);
        }
        String digits = bare.replace("_", "");
        return isSeparated(bare) && NUMBER.matcher(digits).matches() ? Optional.of(Double.parseDouble(digits)) : Optional.empty();
    }

    Optional<Boolean> truth(String field) {
        return given(field).flatMap(value -> truth(value, source, field));
    }

    private Optional<Boolean> truth(JsonNode value, Object... where) {
        String text = switch (value.getNodeType()) {
            case BOOLEAN, STRING -> value.asText().toLowerCase(Locale.ROOT);
            case NUMBER -> isLong(value) ? Long.toString(value.longValue()) : null;
            default -> null;
        };
        if (text == null) {
            return refused("bool_type", "Input should be a valid boolean", value, where);
        }
        return YES.contains(text) ? Optional.of(true) : NO.contains(text) ? Optional.of(false)
                : refused("bool_parsing", "Input should be a valid boolean, unable to interpret input", value, where);
    }

    /** A truth value, which is 0 or 1, or else a whole number; what is neither is told of as both. */
    Optional<BigInteger> truthOrWhole(String field) {
        return given(field).flatMap(value -> {
            int before = wrong.size();
            Optional<BigInteger> found = truth(value, source, field, "bool").map(is -> is ? BigInteger.ONE : BigInteger.ZERO)
                    .or(() -> whole(value, source, field, "int"));
            if (found.isPresent()) {
                wrong.subList(before, wrong.size()).clear();
            }
            return found;
        });
    }

    private Optional<JsonNode> given(String field) {
        return Optional.ofNullable(fields.get(field));
    }

    private <T> Optional<T> refused(String type, String message, JsonNode value, Object... where) {
        wrong.add(new ApiV2Problem.Detail(type, List.of(where), message, value, Map.of()));
        return Optional.empty();
    }

    /** Underscores may stand between digits, one at a time. */
    private static boolean isSeparated(String digits) {
        return !digits.startsWith("_") && !digits.endsWith("_") && !digits.contains("__");
    }

    private static boolean isLong(JsonNode number) {
        return number.isIntegralNumber() ? number.canConvertToLong() : isLong(number.doubleValue()) && number.canConvertToExactIntegral();
    }

    private static boolean isLong(double whole) {
        return whole > Long.MIN_VALUE && whole < Long.MAX_VALUE;
    }

    private static String stripped(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && isWhiteSpace(text.charAt(begin))) {
            begin++;
        }
        while (begin < end && isWhiteSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(begin, end);
    }

    /** As Unicode has it, which neither {@link Character#isWhitespace} nor {@link Character#isSpaceChar} does. */
    private static boolean isWhiteSpace(char c) {
        return Character.isSpaceChar(c) || c >= '\t' && c <= '\r' || c == '\u0085';
    }
}
