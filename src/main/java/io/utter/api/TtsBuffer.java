package io.utter.api;

import io.utter.error.UtterException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The bytes of an answer that is sent when there is all of it. Safe for use by two threads, of which one may close it at any time. */
final class TtsBuffer implements AutoCloseable {

    /** The bytes that all such answers may hold together, until they are sent. */
    static final class Room {
        private static final Duration LATER = Duration.ofSeconds(5);

        private final long bytes;
        private final AtomicLong held = new AtomicLong();

        Room(long bytes) {
            this.bytes = bytes;
        }

        /**
         * @param already what the same answer holds
         * @throws UtterException if this is too much: {@code InvalidInput} for this answer alone, {@code Unavailable} beside others
         */
        private void take(int more, long already) {
            if (already + more > bytes) {
                throw new UtterException.InvalidInput("streaming_mode", "audio_too_long",
                        "the audio has more than the " + bytes + " bytes that are kept of one answer; with streaming_mode 1 it may have any length");
            }
            if (held.addAndGet(more) > bytes) {
                held.addAndGet(-more);
                throw new UtterException.Unavailable("buffers_full",
                        "Too many answers wait until they are whole: try again, or with streaming_mode 1.", LATER);
            }
        }
    }

    private final Room room;
    private List<byte[]> pieces = new ArrayList<>(); // this and the next two: guarded by this
    private long length;
    private boolean closed;

    TtsBuffer(Room room) {
        this.room = room;
    }

    /** @throws UtterException if there is no room for them */
    synchronized void add(byte[] bytes) {
        if (!closed && bytes.length > 0) {
            room.take(bytes.length, length);
            length += bytes.length;
            pieces.add(bytes);
        }
    }

    synchronized long length() {
        return length;
    }

    /** What was added, in its order; afterwards it is the caller's to keep. */
    synchronized List<byte[]> pieces() {
        List<byte[]> all = pieces;
        pieces = new ArrayList<>();
        return all;
    }

    /** Gives back its room. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            pieces.clear();
            room.held.addAndGet(-length);
        }
    }
}
