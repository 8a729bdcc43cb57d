package io.utter.audio.encoder;

import io.utter.audio.WavHeader;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file of speech being written. It appears under its name only when {@link #finish()} is called, whole and, as WAV, with its right sizes; closed
 * before that, it leaves nothing behind and an older file of that name as it was.
 */
public final class AudioFile implements AutoCloseable {
    private final Path target;
    private final Path part;
    private final AudioFormat format;
    private final int sampleRate;
    private final StreamEncoder encoder;
    private final FileChannel channel;

    /**
     * @param sampleRate samples per second of what will be appended; the file has the same, or the next that its format can hold
     * @throws IOException if the folder cannot be written to
     */
    public AudioFile(Path target, AudioFormat format, int sampleRate) throws IOException {
        this.target = target.toAbsolutePath();
        this.part = this.target.resolveSibling("." + this.target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        this.format = format;
        this.sampleRate = format.rateFor(sampleRate);
        this.channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        this.encoder = format.encoder(sampleRate, this.sampleRate);
    }

    public void append(float[] samples) throws IOException {
        write(encoder.encode(samples));
    }

    /** Writes the rest and puts the file in its place. */
    public void finish() throws IOException {
        write(encoder.encode(new float[0])); // the head, if there was nothing
        write(encoder.finish());
        if (format == AudioFormat.WAV) {
            long audio = channel.size() - WavHeader.LENGTH;
            channel.position(0);
            write(WavHeader.sized(sampleRate, audio));
        }
        channel.close();
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        encoder.close();
        channel.close();
        Files.deleteIfExists(part);
    }

    private void write(byte[] bytes) throws IOException {
        for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
            channel.write(rest);
        }
    }
}
