package io.utter.audio;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An installed {@code ffmpeg}, for what we cannot decode or encode. It reads from a pipe and writes to one, may open nothing else, and recognises
 * only containers that refer to no other files.
 */
public final class Ffmpeg {
    private static final Optional<Ffmpeg> INSTALLED = find();

    private static final String CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,ogg,aac,aiff,caf,amr,wav,w64,flac,mp3,asf";
    private static final int PATIENCE_SECONDS = 5;
    private static final int RATE = 48_000;
    /** Header, and one channel of floats. */
    private static final int HEADER_BYTES = 4096;

    private final Path program;

    private Ffmpeg(Path program) {
        this.program = program;
    }

    /** The one that was on the PATH at the start. */
    public static Optional<Ffmpeg> installed() {
        return INSTALLED;
    }

    private static Optional<Ffmpeg> find() {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator)).filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "ffmpeg")).filter(Files::isExecutable).findFirst().map(Ffmpeg::new);
    }

    /** Where it is. */
    public Path program() {
        return program;
    }

    /**
     * Starts an encoder of AAC-LC in ADTS: 16-bit little-endian mono PCM in at its standard input, frames out at its standard output as soon as
     * each is ready. The caller ends it.
     */
    public Process encodeAac(int sampleRate, int bitsPerSecond) throws IOException {
        return new ProcessBuilder(List.of(program.toString(), "-v", "quiet", "-nostdin", "-protocol_whitelist", "pipe", "-probesize", "32",
                "-f", "s16le", "-ar", Integer.toString(sampleRate), "-ac", "1", "-i", "pipe:0", "-c:a", "aac", "-b:a",
                Integer.toString(bitsPerSecond), "-f", "adts", "-flush_packets", "1", "pipe:1"))
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    Waveform read(byte[] file, double maxSeconds) {
        int most = HEADER_BYTES + (int) ((maxSeconds + 1) * RATE) * Float.BYTES;
        Process process = null;
        try {
            process = new ProcessBuilder(List.of(program.toString(), "-v", "quiet", "-nostdin", "-protocol_whitelist", "pipe", "-format_whitelist",
                    CONTAINERS, "-i", "pipe:0", "-map", "0:a:0", "-t", Double.toString(maxSeconds + 0.5), "-ac", "1", "-ar", Integer.toString(RATE),
                    "-c:a", "pcm_f32le", "-f", "wav", "pipe:1")).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            Process running = process;
            Thread.ofVirtual().start(() -> send(file, running));
            Thread.ofVirtual().start(() -> endInTime(running));
            byte[] wav;
            try (InputStream out = process.getInputStream()) {
                wav = out.readNBytes(most);
            }
            if (wav.length == most || process.waitFor() != 0 || wav.length == 0) {
                throw Recording.refused("unsupported_audio", "the recording is in no format that can be read, or damaged");
            }
            return WavReader.read(wav, maxSeconds);
        } catch (IOException e) {
            throw Recording.refused("unsupported_audio", "the recording is in no format that can be read");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Recording.refused("damaged_audio", "interrupted while decoding");
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }

    private static void send(byte[] file, Process to) {
        try (OutputStream in = to.getOutputStream()) {
            in.write(file);
        } catch (IOException e) {
            // it has read all that it wants
        }
    }

    private static void endInTime(Process process) {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
