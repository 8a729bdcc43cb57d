package io.utter.audio.encoder;

import io.utter.audio.Ffmpeg;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Encoders of AAC. Starting one takes a tenth of a second, which the first audio would wait for: so after a stream the next one's is started, and waits
 * for a while. It ends with this process at the latest, when its input does.
 */
final class AacProcesses {
    private static final int BIT_RATE = 96_000;
    private static final Duration LINGER = Duration.ofMinutes(1);
    private static final AtomicReference<Spare> SPARE = new AtomicReference<>();

    private record Spare(int sampleRate, Process process) {}

    private AacProcesses() {}

    /** One that has been given nothing yet. */
    static Process take(Ffmpeg ffmpeg, int sampleRate) throws IOException {
        Spare spare = SPARE.getAndSet(null);
        if (spare != null && spare.sampleRate == sampleRate && spare.process.isAlive()) {
            return spare.process;
        }
        end(spare);
        return ffmpeg.encodeAac(sampleRate, BIT_RATE);
    }

    /** Starts one for whoever comes next. */
    static void prepare(Ffmpeg ffmpeg, int sampleRate) {
        try {
            Spare spare = new Spare(sampleRate, ffmpeg.encodeAac(sampleRate, BIT_RATE));
            end(SPARE.getAndSet(spare));
            Thread.ofVirtual().start(() -> endLater(spare));
        } catch (IOException e) {
            // whoever comes next is told
        }
    }

    private static void endLater(Spare spare) {
        try {
            Thread.sleep(LINGER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (SPARE.compareAndSet(spare, null)) {
            end(spare);
        }
    }

    private static void end(Spare spare) {
        if (spare != null) {
            spare.process.destroyForcibly();
        }
    }
}
