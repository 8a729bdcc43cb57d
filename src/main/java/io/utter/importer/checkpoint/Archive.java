package io.utter.importer.checkpoint;

import static io.utter.importer.checkpoint.CheckpointException.quoted;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The members of a zip file, found through its central directory and read in place. ZIP64 is understood; members must be stored
 * uncompressed, which is how {@code torch.save} writes them.
 *
 * <p>Only a directory with one reading is accepted: it ends where the end record begins, names are unique, each local header
 * repeats the directory's name, and members neither overlap nor reach into the directory.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE.TXT 4.3</a>
 */
final class Archive {
    private static final int MEMBER_HEADER_BYTES = 30;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int ENCRYPTED = 1;
    private static final int STORED = 0;
    private static final int ZIP64_EXTRA = 1;

    private final Map<String, Entry> entries;

    /** A member; {@code data} is a slice of the file. */
    record Entry(String name, int method, long checksum, MemorySegment data) {
        /** The content where it lies in the file. */
        MemorySegment stored() {
            if (method != STORED) {
                throw new CheckpointException("compressed: member " + quoted(name) + " is not stored as it is; save the file again "
                        + "with torch.save, or zip it without compression");
            }
            return data;
        }

        /** Compares the content with its CRC-32. */
        void verify() {
            CRC32 crc = new CRC32();
            MemorySegment content = stored();
            long step = 1 << 30; // a ByteBuffer cannot show 2 GiB
            for (long at = 0; at < content.byteSize(); at += step) {
                crc.update(content.asSlice(at, Math.min(step, content.byteSize() - at)).asByteBuffer());
            }
            if (crc.getValue() != checksum) {
                throw new CheckpointException("damaged: member " + quoted(name) + " does not match its checksum");
            }
        }
    }

    private Archive(Map<String, Entry> entries) {
        this.entries = entries;
    }

    /** Reads the directory of a file that starts like a zip. */
    static Archive parse(MemorySegment file) {
        Directory directory = Directory.find(file);
        ByteView listing = new ByteView(directory.slice(file), "zip directory");
        ByteView members = new ByteView(file.asSlice(0, directory.start()), "zip member");

        List<Extent> extents = new ArrayList<>();
        Map<String, Entry> entries = new LinkedHashMap<>();
        long at = 0;
        for (long i = 0; i < directory.entries(); i++) {
            if (listing.u32(at) != ENTRY_SIGNATURE) {
                throw new CheckpointException("damaged: the zip directory has no entry where one should be");
            }
            int nameBytes = listing.u16(at + 28);
            int extraBytes = listing.u16(at + 30);
            int commentBytes = listing.u16(at + 32);
            String name = listing.text(at + ENTRY_BYTES, nameBytes);
            Place place = place(listing, at, new ByteView(listing.slice(at + ENTRY_BYTES + nameBytes, extraBytes), "zip directory"), name);

            Extent extent = extent(members, place, name);
            extents.add(extent);
            Entry entry = new Entry(name, listing.u16(at + 10), listing.u32(at + 16), members.slice(extent.dataStart(), place.size()));
            if (entries.put(name, entry) != null) {
                throw new CheckpointException("damaged: two zip members are named " + quoted(name));
            }
            at += ENTRY_BYTES + nameBytes + extraBytes + commentBytes;
        }
        if (at != listing.size()) {
            throw new CheckpointException("damaged: the zip directory has more bytes than entries");
        }
        refuseOverlaps(extents);
        return new Archive(entries);
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    /** @throws CheckpointException when there is no such member */
    Entry entry(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new CheckpointException("damaged: member " + quoted(name) + " is missing");
        }
        return entry;
    }

    /** Where the directory says a member is; {@code size} is that of its bytes in the file. */
    private record Place(long header, long size) {}

    /** Where a member really is: its header, and its data. */
    private record Extent(String name, long start, long dataStart, long end) {}

    private static Place place(ByteView listing, long at, ByteView extra, String name) {
        if ((listing.u16(at + 8) & ENCRYPTED) != 0) {
            throw new CheckpointException("encrypted: member " + quoted(name) + " needs a password");
        }
        // Sizes and places that do not fit 32 bits are all ones here and follow, in this order, in an extra field.
        ByteView wide = zip64(extra);
        long next = 0;
        long length = listing.u32(at + 24);
        if (length == Directory.SEE_ZIP64) {
            length = wide.u64(next);
            next += Long.BYTES;
        }
        long size = listing.u32(at + 20);
        if (size == Directory.SEE_ZIP64) {
            size = wide.u64(next);
            next += Long.BYTES;
        }
        long header = listing.u32(at + 42);
        if (header == Directory.SEE_ZIP64) {
            header = wide.u64(next);
        }
        if (listing.u16(at + 10) == STORED && size != length) {
            throw new CheckpointException("damaged: stored member " + quoted(name) + " has two sizes");
        }
        return new Place(header, size);
    }

    private static ByteView zip64(ByteView extra) {
        for (long at = 0; at + 4 <= extra.size(); at += 4 + extra.u16(at + 2)) {
            if (extra.u16(at) == ZIP64_EXTRA) {
                return new ByteView(extra.slice(at + 4, extra.u16(at + 2)), "zip64 entry");
            }
        }
        return new ByteView(MemorySegment.ofArray(new byte[0]), "zip64 entry");
    }

    private static Extent extent(ByteView members, Place place, String name) {
        long at = place.header();
        if (!FileFormat.isMember(members, at)) {
            throw new CheckpointException("damaged: no zip member where " + quoted(name) + " should be");
        }
        int nameBytes = members.u16(at + 26);
        int extraBytes = members.u16(at + 28);
        if (!members.text(at + MEMBER_HEADER_BYTES, nameBytes).equals(name)) {
            throw new CheckpointException("damaged: member " + quoted(name) + " has another name in its own header");
        }
        long data = at + MEMBER_HEADER_BYTES + nameBytes + extraBytes;
        members.slice(data, place.size()); // fails unless all of it is there, so that the end cannot overflow
        return new Extent(name, at, data, data + place.size());
    }

    private static void refuseOverlaps(List<Extent> extents) {
        extents.sort(Comparator.comparingLong(Extent::start));
        for (int i = 1; i < extents.size(); i++) {
            if (extents.get(i).start() < extents.get(i - 1).end()) {
                throw new CheckpointException("damaged: zip members " + quoted(extents.get(i - 1).name()) + " and "
                        + quoted(extents.get(i).name()) + " overlap");
            }
        }
    }
}
