package io.utter.importer.checkpoint;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** Tells from its first bytes whether a file is a zip checkpoint, and what it is where it is not. */
final class FileFormat {
    /** "PK" and two more: a local file header. */
    private static final int ZIP_MEMBER = 0x04034b50;
    private static final int ZIP_MARKER = ZIP_MEMBER & 0xffff;
    private static final int TAR_MAGIC_AT = 257;
    /** {@code torch.serialization.MAGIC_NUMBER} as a pickled integer; a two-byte pickle header comes before it. */
    private static final byte[] LEGACY_TORCH_MAGIC = HexFormat.of().parseHex("8a0a6cfc9c46f9206aa85019");
    private static final int SNIFFED_BYTES = 512;

    private FileFormat() {}

    /**
     * The two ASCII digits that GPT-SoVITS writes over the "PK" of its newer SoVITS files, or the empty string for a plain zip.
     *
     * @throws CheckpointException when the file is neither
     */
    static String versionStamp(MemorySegment file) {
        if (file.byteSize() == 0) {
            throw new CheckpointException("not a PyTorch checkpoint: the file is empty");
        }
        ByteView bytes = new ByteView(file, "file");
        if (bytes.size() >= Integer.BYTES && bytes.u16(2) == ZIP_MEMBER >>> 16) {
            if (bytes.u16(0) == ZIP_MARKER) {
                return "";
            }
            if (isDigit(bytes.u8(0)) && isDigit(bytes.u8(1))) {
                return bytes.text(0, 2);
            }
        }
        throw new CheckpointException("not a PyTorch checkpoint: " + describe(bytes));
    }

    /** Whether a local file header starts here. The very first one of the file may bear a version stamp instead of "PK". */
    static boolean isMember(ByteView file, long at) {
        return file.i32(at) == ZIP_MEMBER
                || at == 0 && file.u16(2) == ZIP_MEMBER >>> 16 && isDigit(file.u8(0)) && isDigit(file.u8(1));
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    private static String describe(ByteView bytes) {
        String head = bytes.text(0, (int) Math.min(bytes.size(), SNIFFED_BYTES));
        String text = head.stripLeading().toLowerCase(Locale.ROOT);
        if (head.startsWith("version https://git-lfs")) {
            return "a Git LFS pointer, not the file it points to";
        }
        if (text.startsWith("<!doctype html") || text.startsWith("<html") || text.startsWith("<head")) {
            return "an HTML page (a download that went wrong)";
        }
        if (text.startsWith("<")) {
            return "an HTML or XML document";
        }
        if (isSafetensors(bytes)) {
            return "a safetensors file";
        }
        if (isTar(bytes)) {
            return "a tar archive (as torch.save wrote before PyTorch 0.1.10)";
        }
        if (isLegacyTorch(bytes)) {
            return "written in the legacy format of torch.save before PyTorch 1.6; load it and save it again with a newer PyTorch";
        }
        if (bytes.u8(0) == 0x80) {
            return "a bare pickle";
        }
        if (bytes.size() >= 2 && bytes.u16(0) == 0x8b1f) {
            return "a gzip file";
        }
        if (bytes.size() >= 4 && bytes.u16(0) == ZIP_MARKER) {
            return "a zip archive that is empty or continued from another file";
        }
        byte[] first = bytes.array(0, (int) Math.min(bytes.size(), 4));
        return "starts with bytes " + HexFormat.ofDelimiter(" ").formatHex(first);
    }

    private static boolean isSafetensors(ByteView bytes) {
        if (bytes.size() <= Long.BYTES || bytes.u8(Long.BYTES) != '{' || bytes.i32(4) < 0) {
            return false;
        }
        return bytes.u64(0) <= bytes.size() - Long.BYTES;
    }

    private static boolean isTar(ByteView bytes) {
        return bytes.size() >= SNIFFED_BYTES && bytes.text(TAR_MAGIC_AT, 5).equals("ustar");
    }

    private static boolean isLegacyTorch(ByteView bytes) {
        return bytes.size() >= 2 + LEGACY_TORCH_MAGIC.length
                && Arrays.equals(bytes.array(2, LEGACY_TORCH_MAGIC.length), LEGACY_TORCH_MAGIC);
    }
}
