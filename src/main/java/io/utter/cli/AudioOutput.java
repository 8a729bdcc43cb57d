package io.utter.cli;

import io.utter.audio.encoder.AudioFile;
import io.utter.audio.encoder.AudioFormat;
import io.utter.audio.encoder.StreamEncoder;

import java.io.FileOutputStream;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where {@code say} puts its audio: a file that appears when it is whole, or a stream that is heard while it is made. */
sealed interface AudioOutput extends AutoCloseable {
    String STDOUT = "-";

    void write(float[] samples) throws IOException;

    /** All has been written; closed without this, nothing of a file remains. */
    void finish() throws IOException;

    @Override
    void close() throws IOException;

    /**
     * @param target {@code -}, or a path; a pipe or device is streamed to as standard output is
     * @param sampleRate samples per second of what will be written; it comes out with the same, or the next that the format can hold
     */
    static AudioOutput to(String target, AudioFormat format, int sampleRate) throws IOException {
        if (target.equals(STDOUT)) {
            return new Streamed(new FileOutputStream(FileDescriptor.out), format, sampleRate);
        }
        Path path = Path.of(target);
        return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)
                ? new Streamed(Files.newOutputStream(path), format, sampleRate)
                : new InFile(new AudioFile(path, format, sampleRate));
    }

    /** A file that is there when it is whole. */
    record InFile(AudioFile file) implements AudioOutput {
        @Override
        public void write(float[] samples) throws IOException {
            file.append(samples);
        }

        @Override
        public void finish() throws IOException {
            file.finish();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** A stream of unknown length, each chunk written at once. */
    record Streamed(OutputStream out, StreamEncoder encoder) implements AudioOutput {
        Streamed(OutputStream out, AudioFormat format, int sampleRate) {
            this(out, format.encoder(sampleRate, format.rateFor(sampleRate)));
        }

        @Override
        public void write(float[] samples) throws IOException {
            out.write(encoder.encode(samples));
        }

        @Override
        public void finish() throws IOException {
            out.write(encoder.finish());
        }

        @Override
        public void close() throws IOException {
            encoder.close();
            out.close();
        }
    }
}
