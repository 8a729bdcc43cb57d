package io.utter.importer;

import io.utter.importer.checkpoint.DType;
import io.utter.importer.checkpoint.GptCheckpoint;
import io.utter.importer.checkpoint.StoredTensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A GPT checkpoint with some of its half-precision tensors overwritten by one value. */
final class SpoiltCheckpoint {
    private SpoiltCheckpoint() {}

    /** @param ending of the tensors' names */
    static Path write(Path original, String ending, float value, Path target) throws IOException {
        Map<String, byte[]> storages = storages(original, ending, value);
        try (ZipFile in = new ZipFile(original.toFile()); OutputStream file = Files.newOutputStream(target);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (Enumeration<? extends ZipEntry> entries = in.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                String folder = entry.getName().replaceFirst("/.*", "");
                try (InputStream content = in.getInputStream(entry)) {
                    put(out, entry.getName(), storages.getOrDefault(entry.getName().substring(folder.length()), content.readAllBytes()));
                }
            }
        }
        return target;
    }

    /** {@code torch.save} numbers storages in the order of the tensors, each of which has its own here. */
    private static Map<String, byte[]> storages(Path original, String ending, float value) {
        Map<String, byte[]> storages = new HashMap<>();
        try (GptCheckpoint checkpoint = GptCheckpoint.open(original)) {
            List<String> names = new ArrayList<>(checkpoint.weights().keySet());
            for (String name : names.stream().filter(name -> name.endsWith(ending)).toList()) {
                StoredTensor tensor = checkpoint.weights().get(name);
                if (tensor.dtype() != DType.F16) {
                    throw new IllegalArgumentException(name + " is " + tensor.dtype());
                }
                ByteBuffer bytes = ByteBuffer.allocate((int) tensor.elementCount() * 2).order(ByteOrder.LITTLE_ENDIAN);
                while (bytes.hasRemaining()) {
                    bytes.putShort(Float.floatToFloat16(value));
                }
                storages.put("/data/" + names.indexOf(name), bytes.array());
            }
        }
        return storages;
    }

    private static void put(ZipOutputStream out, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}
