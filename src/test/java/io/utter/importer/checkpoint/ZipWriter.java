package io.utter.importer.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Writes zip files for tests. What the directory says of a member can be changed before it is written. */
final class ZipWriter {
    private static final int CAPACITY = 1 << 20;

    /** What the directory says of a member. */
    static final class Listed {
        String name;
        int flags = 1 << 11;
        int method;
        long checksum;
        long size;
        long length;
        long place;
    }

    private final ByteBuffer file = ByteBuffer.allocate(CAPACITY).order(ByteOrder.LITTLE_ENDIAN);
    private final List<Listed> listing = new ArrayList<>();
    private boolean zip64;
    private boolean zip64Members;

    /** A checkpoint folder "archive" with a description and storages named 0, 1, 2, ... */
    static ZipWriter checkpoint(byte[] pickle, byte[]... storages) {
        ZipWriter zip = new ZipWriter().add("archive/data.pkl", pickle);
        for (int i = 0; i < storages.length; i++) {
            zip.add("archive/data/" + i, storages[i]);
        }
        return zip;
    }

    ZipWriter add(String name, byte[] content) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        CRC32 crc = new CRC32();
        crc.update(content);
        Listed listed = new Listed();
        listed.name = name;
        listed.checksum = crc.getValue();
        listed.size = content.length;
        listed.length = content.length;
        listed.place = file.position();
        listing.add(listed);
        file.putInt(0x04034b50).put(new byte[22]).putShort((short) utf8.length).putShort((short) 0).put(utf8).put(content);
        return this;
    }

    /** The directory entry of the member added last. */
    Listed last() {
        return listing.getLast();
    }

    ZipWriter withZip64End() {
        zip64 = true;
        return this;
    }

    /** Sizes and places in ZIP64 extra fields, as for files above 4 GiB. */
    ZipWriter withZip64Members() {
        zip64Members = true;
        return withZip64End();
    }

    byte[] bytes() {
        int start = file.position();
        listing.forEach(this::list);
        int size = file.position() - start;
        if (zip64) {
            int record = file.position();
            file.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45).putInt(0).putInt(0)
                    .putLong(listing.size()).putLong(listing.size()).putLong(size).putLong(start);
            file.putInt(0x07064b50).putInt(0).putLong(record).putInt(1);
        }
        short count = zip64 ? -1 : (short) listing.size();
        file.putInt(0x06054b50).putInt(0).putShort(count).putShort(count).putInt(zip64 ? -1 : size).putInt(zip64 ? -1 : start)
                .putShort((short) 0);
        byte[] bytes = new byte[file.position()];
        file.get(0, bytes);
        return bytes;
    }

    private void list(Listed listed) {
        byte[] utf8 = listed.name.getBytes(StandardCharsets.UTF_8);
        file.putInt(0x02014b50).putShort((short) 45).putShort((short) 45).putShort((short) listed.flags)
                .putShort((short) listed.method).putInt(0).putInt((int) listed.checksum)
                .putInt(zip64Members ? -1 : (int) listed.size).putInt(zip64Members ? -1 : (int) listed.length)
                .putShort((short) utf8.length).putShort((short) (zip64Members ? 28 : 0)).putShort((short) 0).putShort((short) 0)
                .putShort((short) 0).putInt(0).putInt(zip64Members ? -1 : (int) listed.place).put(utf8);
        if (zip64Members) {
            file.putShort((short) 1).putShort((short) 24).putLong(listed.length).putLong(listed.size).putLong(listed.place);
        }
    }

    Path writeTo(Path directory) {
        return write(directory, bytes());
    }

    static Path write(Path directory, byte[] bytes) {
        try {
            return Files.write(Files.createTempFile(directory, "checkpoint", ".pth"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
