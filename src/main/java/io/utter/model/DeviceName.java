package io.utter.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a machine computes with.
 *
 * @param kind processor or card
 * @param number which one of its kind
 */
public record DeviceName(Kind kind, int number) {
    /** Kinds of devices. */
    public enum Kind {
        /** The processor. */
        CPU("cpu"),
        /** The processor with the graphs of a card and its pool of caches: to try them where there is no card. */
        CPU_POOL("cpu-pool"),
        /** An NVIDIA card. */
        CUDA("cuda");

        private final String name;

        Kind(String name) {
            this.name = name;
        }
    }

    private static final Pattern SYNTAX = Pattern.compile("([a-z-]+)(?::(\\d{1,3}))?");

    /** The processor. */
    public static final DeviceName CPU = new DeviceName(Kind.CPU, 0);

    /** Reads {@code cpu}, {@code cuda} or {@code cuda:1}; empty if it is none of them. */
    public static Optional<DeviceName> parse(String name) {
        Matcher matcher = SYNTAX.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int number = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        return Arrays.stream(Kind.values()).filter(kind -> kind.name.equals(matcher.group(1))).findFirst()
                .map(kind -> new DeviceName(kind, number));
    }

    /** {@code cpu:0}, {@code cuda:1}. */
    @Override
    public String toString() {
        return kind.name + ":" + number;
    }
}
