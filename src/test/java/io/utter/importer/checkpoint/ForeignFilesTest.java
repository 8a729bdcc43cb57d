package io.utter.importer.checkpoint;

import static io.utter.importer.checkpoint.Refusals.assertRefused;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no checkpoints are refused by what they are. */
class ForeignFilesTest {
    @TempDir
    private Path directory;

    @Test
    void anEmptyFile() {
        assertRefused("not a PyTorch checkpoint: the file is empty", () -> open(new byte[0]));
    }

    @Test
    void aFileThatIsNotThere() {
        assertRefused("no such file: 'missing.pth'", () -> Checkpoint.open(directory.resolve("missing.pth")));
    }

    @Test
    void aDirectory() {
        assertRefused("is not a regular file", () -> Checkpoint.open(directory));
    }

    @Test
    void anHtmlPage() {
        assertRefused("an HTML page", () -> open("\n<!DOCTYPE html><html><body>404</body></html>".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aGitLfsPointer() {
        assertRefused("a Git LFS pointer", () -> open("version https://git-lfs.github.com/spec/v1\n".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aSafetensorsFile() {
        byte[] header = "{\"a\":{}}".getBytes(StandardCharsets.UTF_8);
        byte[] file = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header).array();
        assertRefused("a safetensors file", () -> open(file));
    }

    @Test
    void aTarArchive() {
        ByteBuffer file = ByteBuffer.allocate(1024);
        file.put(0, "storages".getBytes(StandardCharsets.UTF_8)).put(257, "ustar".getBytes(StandardCharsets.UTF_8));
        assertRefused("a tar archive", () -> open(file.array()));
    }

    @Test
    void aLegacyCheckpoint() {
        assertRefused("legacy format", () -> open(HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa850192e8002")));
    }

    @Test
    void aBarePickle() {
        assertRefused("a bare pickle", () -> open(PickleWriter.of("text")));
    }

    @Test
    void aGzipFile() {
        assertRefused("a gzip file", () -> open(HexFormat.of().parseHex("1f8b0800")));
    }

    @Test
    void anythingElseIsShownByItsFirstBytes() {
        assertRefused("starts with bytes 52 49 46 46", () -> open("RIFF....WAVE".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aZipOfSomethingElseIsShownByItsFirstMember() {
        assertRefused("a zip archive with 0 data.pkl, with 'voice/my.pth' in it",
                () -> Checkpoint.open(new ZipWriter().add("voice/my.pth", new byte[9]).writeTo(directory)));
    }

    @Test
    void anEmptyZip() {
        assertRefused("a zip archive that is empty", () -> open(new ZipWriter().bytes()));
    }

    @Test
    void aTruncatedDownload() {
        byte[] whole = ZipWriter.checkpoint(PickleWriter.of("text"), new byte[1000]).bytes();
        assertRefused("truncated: the file ends after 700 bytes", () -> open(Arrays.copyOf(whole, 700)));
    }

    private void open(byte[] bytes) {
        Checkpoint.open(ZipWriter.write(directory, bytes)).close();
    }
}
