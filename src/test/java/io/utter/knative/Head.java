package io.utter.knative;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The head of an HTTP/1.1 message: its first line, and its fields in their order. */
record Head(String first, List<Field> fields) {

    record Field(String name, String value) {}

    static Head of(String first) {
        return new Head(first, List.of());
    }

    /** Empty if the other side has closed instead of sending one. */
    static Optional<Head> read(InputStream in) throws IOException {
        Optional<String> first = readLine(in);
        return first.isEmpty() ? Optional.empty() : Optional.of(new Head(first.get(), readFields(in)));
    }

    static List<Field> readFields(InputStream in) throws IOException {
        List<Field> fields = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            fields.add(new Field(line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return fields;
    }

    static String line(InputStream in) throws IOException {
        return readLine(in).orElseThrow(() -> new EOFException("closed within a head"));
    }

    private static Optional<String> readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 && line.size() > 0) {
                throw new EOFException("closed within a line");
            } else if (next < 0) {
                return Optional.empty();
            }
            line.write(next);
        }
        return Optional.of(line.toString(StandardCharsets.ISO_8859_1).stripTrailing());
    }

    Optional<String> get(String name) {
        return fields.stream().filter(field -> field.name().equalsIgnoreCase(name)).map(Field::value).findFirst();
    }

    /** Of a request. */
    String path() {
        return first.split(" ")[1];
    }

    /** Of a response. */
    int status() {
        return Integer.parseInt(first.split(" ")[1]);
    }

    Head with(String name, String value) {
        return new Head(first, Stream.concat(fields.stream(), Stream.of(new Field(name, value))).toList());
    }

    Head without(Predicate<String> names) {
        return new Head(first, fields.stream().filter(field -> !names.test(field.name())).toList());
    }

    Head without(String name) {
        return without(name::equalsIgnoreCase);
    }

    byte[] bytes() {
        return (first + "\r\n" + text(fields)).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Fields and the empty line after them. */
    static String text(List<Field> fields) {
        StringBuilder text = new StringBuilder();
        fields.forEach(field -> text.append(field.name()).append(": ").append(field.value()).append("\r\n"));
        return text.append("\r\n").toString();
    }
}
