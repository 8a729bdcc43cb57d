package io.utter.importer.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Little-endian numbers at places of a memory segment. Every access is checked; one outside the segment fails with a
 * {@link CheckpointException} that says the given thing is truncated.
 */
final class ByteView {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment bytes;
    private final String what;

    /** @param what the name of the thing in messages, for instance "zip directory" */
    ByteView(MemorySegment bytes, String what) {
        this.bytes = bytes;
        this.what = what;
    }

    long size() {
        return bytes.byteSize();
    }

    int u8(long at) {
        return Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, checked(at, Byte.BYTES)));
    }

    int u16(long at) {
        return Short.toUnsignedInt(bytes.get(SHORT, checked(at, Short.BYTES)));
    }

    int i32(long at) {
        return bytes.get(INT, checked(at, Integer.BYTES));
    }

    long u32(long at) {
        return Integer.toUnsignedLong(i32(at));
    }

    /** An unsigned 64-bit size or place; one that exceeds the signed range cannot be real. */
    long u64(long at) {
        long value = bytes.get(LONG, checked(at, Long.BYTES));
        if (value < 0) {
            throw new CheckpointException("damaged: " + what + " holds an impossible size");
        }
        return value;
    }

    /** An IEEE double, big-endian: the only big-endian number in a pickle. */
    double bigEndianDouble(long at) {
        return bytes.get(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), checked(at, Double.BYTES));
    }

    MemorySegment slice(long at, long length) {
        return bytes.asSlice(checked(at, length), length);
    }

    byte[] array(long at, int length) {
        return slice(at, length).toArray(ValueLayout.JAVA_BYTE);
    }

    /** UTF-8; malformed sequences become replacement characters. */
    String text(long at, int length) {
        return new String(array(at, length), StandardCharsets.UTF_8);
    }

    private long checked(long at, long length) {
        if (at < 0 || length < 0 || at > bytes.byteSize() - length) {
            throw new CheckpointException("truncated: " + what + " ends early");
        }
        return at;
    }
}
