package io.utter.cli;

import io.utter.audio.encoder.AudioFormat;
import io.utter.audio.encoder.StreamEncoder;
import io.utter.audio.WavFile;

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

    /** @param target {@code -}, or a path; a pipe or device is streamed to as standard output is */
    static AudioOutput to(String target, int sampleRate) throws IOException {
        if (target.equals(STDOUT)) {
            return new Streamed(new FileOutputStream(FileDescriptor.out), sampleRate);
        }
        Path path = Path.of(target);
        return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)
                ? new Streamed(Files.newOutputStream(path), sampleRate)
                : new InFile(new WavFile(path, sampleRate));
    }

    /** A WAV file with its right sizes. */
    record InFile(WavFile file) implements AudioOutput {
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

    /** A WAV stream of unknown length, each chunk written at once. */
    record Streamed(OutputStream out, StreamEncoder encoder) implements AudioOutput {
        Streamed(OutputStream out, int sampleRate) {
            this(out, AudioFormat.WAV.encoder(sampleRate, sampleRate));
        }

        @Override
        public void write(float[] samples) throws IOException {
            out.write(encoder.encode(samples));
        }

        @Override
        public void finish() {
            // a stream ends where it ends
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
