package io.utter.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A WAV file being written. It appears under its name only when {@link #finish()} is called, whole and with its right sizes; closed
 * before that, it leaves nothing behind and an older file of that name as it was.
 */
public final class WavFile implements AutoCloseable {
    private final Path target;
    private final Path part;
    private final int sampleRate;
    private final FileChannel channel;
    private long dataBytes;

    /** @throws IOException if the folder cannot be written to */
    public WavFile(Path target, int sampleRate) throws IOException {
        this.target = target.toAbsolutePath();
        this.part = this.target.resolveSibling("." + this.target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        this.sampleRate = sampleRate;
        this.channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            write(WavHeader.streaming(sampleRate));
        } catch (IOException e) {
            close(); // nobody else can
            throw e;
        }
    }

    /** A whole file in memory. */
    public static byte[] bytes(float[] samples, int sampleRate) {
        byte[] audio = Pcm16.encode(samples);
        return ByteBuffer.allocate(WavHeader.LENGTH + audio.length).put(WavHeader.sized(sampleRate, audio.length)).put(audio).array();
    }

    public void append(float[] samples) throws IOException {
        byte[] bytes = Pcm16.encode(samples);
        write(bytes);
        dataBytes += bytes.length;
    }

    /** Writes the sizes and puts the file in its place. */
    public void finish() throws IOException {
        channel.position(0);
        write(WavHeader.sized(sampleRate, dataBytes));
        channel.close();
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(part);
    }

    private void write(byte[] bytes) throws IOException {
        for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
            channel.write(rest);
        }
    }
}
