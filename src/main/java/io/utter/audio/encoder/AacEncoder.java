package io.utter.audio.encoder;

import io.utter.audio.Ffmpeg;
import io.utter.audio.Pcm16;
import io.utter.error.UtterException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * AAC-LC in ADTS, by a process of {@code ffmpeg}. What it has been given is not ready at once; a chunk waits
 * until all frames but the few that an encoder may hold back are there, or no more seem to come.
 */
final class AacEncoder implements StreamEncoder {
    private static final int SAMPLES_PER_FRAME = 1024;
    private static final int ADTS_HEADER = 7;
    private static final long QUIET = Duration.ofMillis(500).toMillis();
    private static final long PATIENCE = Duration.ofSeconds(5).toMillis();

    private final Ffmpeg ffmpeg;
    private final int sampleRate;
    private final Process process;
    private final Thread reader;
    private final ByteArrayOutputStream ready = new ByteArrayOutputStream(); // it, frames, over and closed: guarded by this
    private long frames;
    private boolean over;
    private long samples;
    private boolean closed;
    /** Frames that the encoder keeps for what it has not seen yet: those of ffmpeg 5, or what was found out by waiting in vain. */
    private long heldBack = 2;

    AacEncoder(int sampleRate, Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
        this.sampleRate = sampleRate;
        try {
            process = AacProcesses.take(ffmpeg, sampleRate);
        } catch (IOException e) {
            throw failed(e);
        }
        reader = Thread.ofVirtual().start(this::read);
    }

    @Override
    public byte[] encode(float[] chunk) {
        samples += chunk.length;
        try {
            process.getOutputStream().write(Pcm16.encode(chunk));
            process.getOutputStream().flush();
            return taken();
        } catch (IOException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        }
    }

    @Override
    public byte[] finish() {
        try {
            process.getOutputStream().close();
            if (!reader.join(Duration.ofMillis(PATIENCE))) {
                throw failed(null);
            }
            synchronized (this) {
                return take();
            }
        } catch (IOException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        process.destroyForcibly();
        Thread.ofVirtual().start(() -> AacProcesses.prepare(ffmpeg, sampleRate));
    }

    private synchronized byte[] taken() throws InterruptedException {
        long given = samples / SAMPLES_PER_FRAME;
        long seen = -1;
        while (!over && frames < given - heldBack && frames != seen) {
            seen = frames;
            wait(seen == 0 ? PATIENCE : QUIET);
        }
        if (over) {
            throw failed(null);
        }
        heldBack = Math.max(heldBack, given - frames);
        return take();
    }

    private byte[] take() {
        byte[] bytes = ready.toByteArray();
        ready.reset();
        return bytes;
    }

    private void read() {
        try (InputStream out = process.getInputStream()) {
            byte[] header = out.readNBytes(ADTS_HEADER);
            while (header.length == ADTS_HEADER) {
                int length = (header[3] & 3) << 11 | (header[4] & 0xff) << 3 | (header[5] & 0xff) >> 5;
                byte[] rest = out.readNBytes(length - ADTS_HEADER);
                synchronized (this) {
                    ready.writeBytes(header);
                    ready.writeBytes(rest);
                    frames++;
                    notifyAll();
                }
                header = out.readNBytes(ADTS_HEADER);
            }
        } catch (IOException | IllegalArgumentException e) {
            // it was ended, or gives something else; whoever waits learns that it is over
        } finally {
            synchronized (this) {
                over = true;
                notifyAll();
            }
        }
    }

    private static UtterException.Failed failed(Exception cause) {
        return new UtterException.Failed("encoder_failed", "ffmpeg, which encodes this format, has failed.", cause);
    }
}
