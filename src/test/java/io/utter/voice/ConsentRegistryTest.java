package io.utter.voice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.error.UtterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentRegistryTest {
    private static final int MOST = 3;
    private static final byte[] RECORDING = {1, 2, 3};
    private static final String SOMEBODYS = "cons_" + "0".repeat(32);

    @TempDir
    Path folder;

    private ConsentRegistry kept() {
        return new ConsentRegistry(Optional.of(folder.resolve("consents")), MOST);
    }

    private List<Path> leftOver() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("consents"))) {
            return files.toList();
        }
    }

    @Test
    void anotherProcessFindsWhatOneHasKept() throws IOException {
        Consent consent = kept().add("Anna", "en-US", RECORDING);
        assertTrue(consent.id().matches(Consent.ID_PATTERN), consent.id());
        assertEquals(Optional.of(consent), kept().find(consent.id()));
        assertEquals(List.of(consent), kept().all());
        assertArrayEquals(RECORDING, Files.readAllBytes(folder.resolve("consents").resolve(consent.id()).resolve("recording.audio")));
    }

    @Test
    void aNameChangesAndNothingElse() throws IOException {
        Consent consent = kept().add("Anna", "en-US", RECORDING);
        Consent renamed = kept().rename(consent.id(), "Anne");
        assertEquals(new Consent(consent.id(), "Anne", "en-US", consent.created()), renamed);
        assertEquals(Optional.of(renamed), kept().find(consent.id()));
        assertEquals(List.of(folder.resolve("consents").resolve(consent.id())), leftOver());
    }

    @Test
    void whatIsDeletedLeavesNothing() throws IOException {
        ConsentRegistry registry = kept();
        Consent consent = registry.add("Anna", "en-US", RECORDING);
        Files.createFile(folder.resolve("consents").resolve(consent.id()).resolve("whatever")); // nothing in it may keep it
        registry.remove(consent.id());
        assertEquals(Optional.empty(), registry.find(consent.id()));
        assertEquals(List.of(), leftOver());
        assertThrows(UtterException.NotFound.class, () -> registry.remove(consent.id()));
        assertThrows(UtterException.NotFound.class, () -> registry.rename(consent.id(), "Anne"));
    }

    @Test
    void thereAreNoMoreThanThereMayBe() {
        for (ConsentRegistry registry : List.of(kept(), new ConsentRegistry(Optional.empty(), MOST))) {
            Consent first = registry.add("0", "en", RECORDING);
            for (int i = 1; i < MOST; i++) {
                registry.add("" + i, "en", RECORDING);
            }
            UtterException refused = assertThrows(UtterException.InvalidInput.class, () -> registry.add("one more", "en", RECORDING));
            assertEquals("too_many_consents", refused.code());
            registry.remove(first.id());
            registry.add("in its place", "en", RECORDING);
            assertEquals(MOST, registry.all().size());
        }
    }

    @Test
    void draftsAreNoConsents() throws IOException {
        Consent consent = kept().add("Anna", "en-US", RECORDING);
        Path draft = Files.createDirectory(folder.resolve("consents").resolve("." + consent.id() + "-draft"));
        Files.copy(folder.resolve("consents").resolve(consent.id()).resolve("consent.json"), draft.resolve("consent.json"));
        assertEquals(List.of(consent), kept().all());
    }

    @Test
    void withoutAFolderConsentsLastAsLongAsTheRegistry() {
        ConsentRegistry registry = new ConsentRegistry(Optional.empty(), MOST);
        Consent consent = registry.add("Anna", "en-US", RECORDING);
        assertEquals(Optional.of(registry.rename(consent.id(), "Anne")), registry.find(consent.id()));
        registry.remove(consent.id());
        assertEquals(List.of(), registry.all());
        assertThrows(UtterException.NotFound.class, () -> registry.remove(consent.id()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../outside", "cons_../../../../../../../outside", "cons_1", "CONS_0", "\0"})
    void nothingOutsideIsReadRenamedOrDeleted(String id) throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside")).resolve("consent.json");
        Files.writeString(outside, "{\"id\":\"cons_00000000000000000000000000000000\",\"name\":\"n\",\"language\":\"en\",\"created\":1}");
        ConsentRegistry registry = kept();
        registry.add("Anna", "en-US", RECORDING);
        assertEquals(Optional.empty(), registry.find(id));
        assertThrows(UtterException.NotFound.class, () -> registry.rename(id, "Anne"));
        assertThrows(UtterException.NotFound.class, () -> registry.remove(id));
        assertTrue(Files.exists(outside));
        assertEquals(1, registry.all().size());
    }

    @Test
    void theNewestComesFirst() throws IOException {
        for (int created : new int[] {20, 30, 10}) {
            String id = "cons_%032x".formatted(created);
            write(id, "{\"id\":\"%s\",\"name\":\"A\",\"language\":\"en\",\"created\":%d}".formatted(id, created));
        }
        assertEquals(List.of(30L, 20L, 10L), kept().all().stream().map(Consent::created).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"id\":\"cons_00000000000000000000000000000001\",\"name\":\"A\",\"language\":\"en\",\"created\":1}"})
    void whatCannotBeReadIsNamed(String file) throws IOException {
        write(SOMEBODYS, file);
        UtterException.Failed failed = assertThrows(UtterException.Failed.class, () -> kept().find(SOMEBODYS));
        assertEquals("consent_unreadable", failed.code());
        assertTrue(failed.getMessage().contains(SOMEBODYS), failed.getMessage());
    }

    @Test
    void laterVersionsMayHaveWrittenMore() throws IOException {
        write(SOMEBODYS, "{\"id\":\"%s\",\"name\":\"A\",\"language\":\"en\",\"created\":1,\"phrase\":\"I agree.\"}".formatted(SOMEBODYS));
        assertEquals("A", kept().find(SOMEBODYS).orElseThrow().name());
    }

    @Test
    void whatCannotBeWrittenIsTold() throws IOException {
        Files.writeString(folder.resolve("consents"), "a file where the folder would be");
        assertEquals("consent_unwritable", assertThrows(UtterException.Failed.class, () -> kept().add("Anna", "en", RECORDING)).code());
    }

    private void write(String id, String consent) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("consents").resolve(id)).resolve("consent.json"), consent);
    }
}
