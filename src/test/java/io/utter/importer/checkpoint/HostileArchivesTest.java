package io.utter.importer.checkpoint;

import static io.utter.importer.checkpoint.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.utter.importer.checkpoint.PickleWriter.Tensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers: what is allowed to vary is read, what does not add up is refused. */
class HostileArchivesTest {
    private static final byte[] PICKLE = PickleWriter.of(Map.of("t", Tensor.contiguous(DType.U8, "0", 4)));
    private static final byte[] DATA = {1, 2, 3, 4};

    @TempDir
    private Path directory;

    @Test
    void aPlainArchiveIsRead() {
        assertReads(honest());
    }

    @Test
    void zip64EndRecordsAreRead() {
        assertReads(honest().withZip64End());
    }

    @Test
    void zip64MembersAreRead() {
        assertReads(honest().withZip64Members());
    }

    @Test
    void theFolderMayHaveAnyName() {
        assertReads(new ZipWriter().add("1795350293.89/data.pkl", PICKLE).add("1795350293.89/data/0", DATA));
    }

    @Test
    void twoDigitsMayStandInPlaceOfPk() {
        byte[] stamped = stamped(honest().bytes());
        try (Checkpoint checkpoint = Checkpoint.open(ZipWriter.write(directory, stamped))) {
            assertEquals(Optional.of("03"), checkpoint.versionStamp());
            assertArrayEquals(new long[] {1, 2, 3, 4}, checkpoint.tensors().get("t").longs());
        }
    }

    @Test
    void optionalMembersAreReadOrIgnored() {
        assertReads(honest().add("archive/byteorder", text("little")).add("archive/version", text("3\n"))
                .add("archive/.format_version", text("1")).add("archive/.storage_alignment", text("64"))
                .add("archive/.data/serialization_id", text("0123")));
    }

    @Test
    void bigEndianTensorsAreRefused() {
        assertRefused("byte order 'big'", () -> open(honest().add("archive/byteorder", text("big"))));
    }

    @Test
    void compressedDataIsRefused() {
        assertRefused("compressed: member 'archive/data/0'", () -> open(tampered(listed -> listed.method = 8)));
    }

    @Test
    void encryptedMembersAreRefused() {
        assertRefused("encrypted: member 'archive/data/0'", () -> open(tampered(listed -> listed.flags |= 1)));
    }

    @Test
    void missingStoragesAreNamed() {
        assertRefused("member 'archive/data/0' is missing", () -> open(ZipWriter.checkpoint(PICKLE)));
    }

    @Test
    void twoMembersOfOneNameAreRefused() {
        assertRefused("two zip members are named 'archive/data/0'", () -> open(honest().add("archive/data/0", DATA)));
    }

    @Test
    void twoDescriptionsAreRefused() {
        assertRefused("2 data.pkl", () -> open(honest().add("other/data.pkl", PICKLE)));
    }

    @Test
    void membersThatOverlapAreRefused() {
        ZipWriter zip = honest().add("archive/data/1", DATA);
        ZipWriter.Listed second = zip.last();
        zip.add("archive/data/2", DATA);
        second.size = second.length = 20;
        assertRefused("overlap", () -> open(zip));
    }

    @Test
    void membersOutsideTheFileAreRefused() {
        assertRefused("ends early", () -> open(tampered(listed -> listed.place = 0x7fff_ffff)));
        assertRefused("ends early", () -> open(tampered(listed -> listed.size = listed.length = 0x7fff_ffff)));
        assertRefused("ends early", () -> open(tampered(listed -> listed.size = listed.length = Long.MAX_VALUE).withZip64Members()));
        assertRefused("impossible size", () -> open(tampered(listed -> listed.place = -1).withZip64Members()));
    }

    @Test
    void membersThatReachIntoTheDirectoryAreRefused() {
        assertRefused("ends early", () -> open(tampered(listed -> listed.size = listed.length = 5)));
    }

    @Test
    void storedMembersHaveOneSize() {
        assertRefused("has two sizes", () -> open(tampered(listed -> listed.length = 3)));
    }

    @Test
    void aMemberIsWhatItsOwnHeaderSays() {
        assertRefused("another name in its own header", () -> open(tampered(listed -> listed.name = "archive/data/9")));
        assertRefused("no zip member where", () -> open(tampered(listed -> listed.place += 1)));
    }

    @Test
    void aChangedDescriptionIsNoticed() {
        ZipWriter zip = new ZipWriter().add("archive/data.pkl", PICKLE);
        zip.last().checksum ^= 1;
        assertRefused("damaged: member 'archive/data.pkl' does not match its checksum", () -> open(zip.add("archive/data/0", DATA)));
    }

    @Test
    void changedDataIsNoticedWhenVerified() {
        try (Checkpoint checkpoint = Checkpoint.open(tampered(listed -> listed.checksum ^= 1).writeTo(directory))) {
            assertRefused("member 'archive/data/0' does not match its checksum", checkpoint::verify);
        }
    }

    @Test
    void bytesPutBeforeOrAfterTheArchiveAreNoticed() {
        byte[] whole = honest().bytes();
        byte[] after = Arrays.copyOf(whole, whole.length + 7);
        assertRefused("truncated", () -> Checkpoint.open(ZipWriter.write(directory, after)));
        byte[] before = new byte[whole.length + 100];
        System.arraycopy(whole, 0, before, 0, 60);
        System.arraycopy(whole, 0, before, 100, whole.length);
        assertRefused("not where its end record says", () -> Checkpoint.open(ZipWriter.write(directory, before)));
    }

    @Test
    void aDirectoryOfImpossiblyManyEntriesIsRefused() {
        byte[] bytes = honest().bytes();
        bytes[bytes.length - 12] = (byte) 0xf0;
        bytes[bytes.length - 11] = (byte) 0xff;
        assertRefused("a zip directory of 65520 entries", () -> Checkpoint.open(ZipWriter.write(directory, bytes)));
    }

    @Test
    void unprintableNamesDoNotReachTheMessage() {
        assertRefused("with 'a?b?[2J' in it", () -> open(new ZipWriter().add("a\nb\u001b[2J", DATA)));
    }

    private static ZipWriter honest() {
        return ZipWriter.checkpoint(PICKLE, DATA);
    }

    /** An archive whose directory does not tell the truth about the one storage. */
    private static ZipWriter tampered(Consumer<ZipWriter.Listed> change) {
        ZipWriter zip = honest();
        change.accept(zip.last());
        return zip;
    }

    private static byte[] stamped(byte[] bytes) {
        bytes[0] = '0';
        bytes[1] = '3';
        return bytes;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void open(ZipWriter zip) {
        Checkpoint.open(zip.writeTo(directory)).close();
    }

    private void assertReads(ZipWriter zip) {
        try (Checkpoint checkpoint = Checkpoint.open(zip.writeTo(directory))) {
            assertArrayEquals(new long[] {1, 2, 3, 4}, checkpoint.tensors().get("t").longs());
            checkpoint.verify();
        }
    }
}
