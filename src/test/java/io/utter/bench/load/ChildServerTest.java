package io.utter.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.error.UtterException.Failed;
import java.io.File;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChildServerTest {
    @Test
    void flagsOfThisProcessAreThoseOfTheServer() {
        List<String> command = ChildServer.command(List.of("-Xmx512m", "-XX:AOTCache=a.aot", "-XX:AOTCacheOutput=b.aot", "-Dutter.models=m",
                "-Dquarkus.http.host=0.0.0.0"), "quarkus-run.jar");
        assertTrue(command.containsAll(List.of("-Xmx512m", "-XX:AOTCache=a.aot", "-Dutter.models=m")), command.toString());
        assertFalse(command.contains("-XX:AOTCacheOutput=b.aot"), command.toString());
    }

    @Test
    void onlyThisMachineReachesTheServer() {
        List<String> command = ChildServer.command(List.of("-Dquarkus.http.host=0.0.0.0"), "quarkus-run.jar");
        assertEquals(List.of("-Dquarkus.http.host=127.0.0.1"), command.stream().filter(word -> word.contains("host")).toList());
    }

    @Test
    void withoutTheJarThereIsNoServer() {
        assertThrows(Failed.class, () -> ChildServer.command(List.of(), "target/classes"));
        assertThrows(Failed.class, () -> ChildServer.command(List.of(), "a.jar" + File.pathSeparator + "b.jar"));
    }
}
