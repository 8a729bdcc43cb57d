package io.utter.importer.checkpoint;

import java.lang.foreign.MemorySegment;

/** Where the central directory of a zip file lies, and how many entries it has. */
record Directory(long start, long size, long entries) {
    /** In place of a 32-bit number: the number is in the ZIP64 record. */
    static final long SEE_ZIP64 = 0xffff_ffffL;

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int LOCATOR_SIGNATURE = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;
    private static final int ZIP64_END_SIGNATURE = 0x06064b50;
    private static final int ZIP64_END_BYTES = 56;
    private static final int SEE_ZIP64_COUNT = 0xffff;
    private static final int SMALLEST_ENTRY_BYTES = 46;

    /** The largest checkpoint in use has some two thousand tensors; each is one member. */
    private static final long MOST_ENTRIES = 50_000;
    private static final long MOST_BYTES = 16 << 20;

    static Directory find(MemorySegment file) {
        ByteView bytes = new ByteView(file, "zip end record");
        long end = findEnd(bytes);
        Directory found = new Directory(bytes.u32(end + 16), bytes.u32(end + 12), bytes.u16(end + 10));
        long endOfDirectory = end;
        if (end >= LOCATOR_BYTES && bytes.u32(end - LOCATOR_BYTES) == LOCATOR_SIGNATURE) {
            long record = bytes.u64(end - LOCATOR_BYTES + 8);
            if (record > end - LOCATOR_BYTES - ZIP64_END_BYTES || bytes.u32(record) != ZIP64_END_SIGNATURE) {
                throw new CheckpointException("damaged: no ZIP64 end record where one should be");
            }
            found = new Directory(bytes.u64(record + 48), bytes.u64(record + 40), bytes.u64(record + 32));
            endOfDirectory = record;
        } else if (found.start == SEE_ZIP64 || found.size == SEE_ZIP64 || found.entries == SEE_ZIP64_COUNT) {
            throw new CheckpointException("damaged: the ZIP64 end record is missing");
        }
        return found.checked(endOfDirectory);
    }

    MemorySegment slice(MemorySegment file) {
        return file.asSlice(start, size);
    }

    private Directory checked(long endOfDirectory) {
        if (size > endOfDirectory || start != endOfDirectory - size) {
            throw new CheckpointException("damaged: the zip directory is not where its end record says (bytes cut out or added)");
        }
        if (size > MOST_BYTES || entries > MOST_ENTRIES || entries > size / SMALLEST_ENTRY_BYTES) {
            throw new CheckpointException("too large or damaged: a zip directory of " + entries + " entries in " + size + " bytes");
        }
        return this;
    }

    /** The end record is the last thing in the file but for a comment, whose length it states. */
    private static long findEnd(ByteView bytes) {
        long last = bytes.size() - END_BYTES;
        for (long at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
            if (bytes.u32(at) == END_SIGNATURE && bytes.u16(at + 20) == last - at) {
                return at;
            }
        }
        throw new CheckpointException("truncated: the file ends after " + bytes.size()
                + " bytes without a zip directory (an incomplete download?)");
    }
}
