package io.utter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.foreign.Linker;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may import whom. A new arrow is a decision: write it down here. */
class ArchitectureTest {
    private static final String BASE = "io.utter.";

    /** Package to the packages it may use, besides {@code error}, which all may use. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("admission", Set.of()),
            Map.entry("api", Set.of("admission", "audio", "config", "engine", "lifecycle", "metrics", "speech", "text", "voice")),
            Map.entry("audio", Set.of()),
            Map.entry("bench", Set.of("audio", "engine", "importer", "model", "speech")),
            Map.entry("cli", Set.of("audio", "bench", "config", "engine", "importer", "lifecycle", "model", "speech", "text", "voice")),
            Map.entry("config", Set.of("speech")),
            Map.entry("engine", Set.of("audio", "model")),
            Map.entry("error", Set.of()),
            Map.entry("health", Set.of("audio", "lifecycle")),
            Map.entry("importer", Set.of("audio", "model", "voice")),
            Map.entry("lifecycle", Set.of("admission", "config", "engine", "metrics", "model", "speech", "text")),
            Map.entry("metrics", Set.of("engine")),
            Map.entry("model", Set.of()),
            Map.entry("speech", Set.of("audio", "engine", "model", "text", "voice")),
            Map.entry("text", Set.of()),
            Map.entry("voice", Set.of("audio", "model")));

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.utter");
    }

    private static String packageOf(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(BASE) ? name.substring(BASE.length()).replaceFirst("\\..*", "") : "";
    }

    @Test
    void packagesUseOnlyWhatTheyMayUse() {
        Map<String, Set<String>> forbidden = new TreeMap<>();
        for (JavaClass type : classes) {
            String from = packageOf(type);
            type.getDirectDependenciesFromSelf().forEach(dependency -> {
                String to = packageOf(dependency.getTargetClass());
                boolean allowed = to.isEmpty() || to.equals(from) || to.equals("error") || MAY_USE.getOrDefault(from, Set.of()).contains(to);
                if (!allowed) {
                    forbidden.computeIfAbsent(from + " -> " + to, arrow -> new TreeSet<>()).add(type.getSimpleName());
                }
            });
        }
        assertEquals(Map.of(), forbidden);
    }

    @Test
    void everyPackageIsListed() {
        Set<String> found = new TreeSet<>();
        classes.forEach(type -> found.add(packageOf(type)));
        found.remove("");
        assertEquals(new TreeSet<>(MAY_USE.keySet()), found);
    }

    @Test
    void packagesDependOnEachOtherOneWayOnly() {
        slices().matching("io.utter.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void onlyModelKnowsOnnxRuntime() {
        noClasses().that().resideOutsideOfPackage("io.utter.model.ort").should().dependOnClassesThat().resideInAPackage("ai.onnxruntime..")
                .check(classes);
        noClasses().that().resideOutsideOfPackage("io.utter.model..").should().dependOnClassesThat().resideInAPackage("io.utter.model.ort")
                .check(classes);
    }

    @Test
    void onlyTheBindingOfOnnxRuntimeCallsNativeCode() {
        noClasses().that().resideOutsideOfPackage("io.utter.model.ort").should().dependOnClassesThat().belongToAnyOf(Linker.class)
                .check(classes);
    }

    @Test
    void onlyApiKnowsHttp() {
        noClasses().that().resideOutsideOfPackage("io.utter.api..").should().dependOnClassesThat()
                .resideInAnyPackage("jakarta.ws.rs..", "io.vertx.ext.web..").check(classes);
    }

    @Test
    void checkpointsAndGraphsDoNotKnowEachOther() {
        noClasses().that().resideInAPackage("io.utter.importer.checkpoint..").should().dependOnClassesThat()
                .resideInAPackage("io.utter.importer.graph..").check(classes);
        noClasses().that().resideInAPackage("io.utter.importer.graph..").should().dependOnClassesThat()
                .resideInAPackage("io.utter.importer.checkpoint..").check(classes);
    }
}
