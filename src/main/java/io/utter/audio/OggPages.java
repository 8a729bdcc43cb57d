package io.utter.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.gagravarr.ogg.CRCUtils;

/**
 * The pages of an Ogg file (RFC 3533), looked at before anything is read of them: each has a checksum, which readers take note of and
 * then ignore, and a number.
 */
final class OggPages {
    private static final int FLAGS_AT = 5;
    private static final int END_OF_STREAM = 4;
    private static final int SEQUENCE_AT = 18;
    private static final int CHECKSUM_AT = 22;
    private static final int SEGMENTS_AT = 26;
    private static final int HEADER_BYTES = 27;

    private OggPages() {}

    /**
     * @return whether {@code file} consists of whole pages of one stream in their order, up to the stream's last or the file's end; what
     *     comes after the last, such as a tag, is nobody's concern
     */
    static boolean areWhole(byte[] file) {
        ByteBuffer pages = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        for (int sequence = 0; at < file.length; sequence++) {
            int length = length(file, at);
            if (length < 0 || pages.getInt(at + SEQUENCE_AT) != sequence) {
                return false;
            }
            byte[] page = Arrays.copyOfRange(file, at, at + length);
            Arrays.fill(page, CHECKSUM_AT, SEGMENTS_AT, (byte) 0);
            if (CRCUtils.getCRC(page) != pages.getInt(at + CHECKSUM_AT)) {
                return false;
            }
            if ((page[FLAGS_AT] & END_OF_STREAM) != 0) {
                return true;
            }
            at += length;
        }
        return true;
    }

    /** @return of the page at {@code at}, header included; -1 if none begins there, or not all of it is there */
    private static int length(byte[] file, int at) {
        if (!Recording.starts(file, at, "OggS") || at + HEADER_BYTES > file.length) {
            return -1;
        }
        int body = at + HEADER_BYTES + Byte.toUnsignedInt(file[at + SEGMENTS_AT]);
        int end = body;
        for (int i = at + HEADER_BYTES; i < Math.min(body, file.length); i++) {
            end += Byte.toUnsignedInt(file[i]);
        }
        return end > file.length ? -1 : end - at;
    }
}
