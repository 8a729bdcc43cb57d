package io.utter.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the build has made: a native executable if it has been asked for one, else the jar. */
public final class Packaged {
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

    private Packaged() {}

    /** A command line that runs it with these system properties, each {@code -Dname=value}; the command's own arguments go after it. */
    public static List<String> command(String... properties) {
        List<String> line = new ArrayList<>();
        String executable = System.getProperty("native.image.path", "");
        if (Files.isExecutable(Path.of(executable))) {
            line.add(executable);
            line.addAll(List.of(properties));
        } else {
            line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            line.addAll(List.of(properties));
            line.addAll(List.of("-jar", JAR.toString()));
        }
        return line;
    }
}
