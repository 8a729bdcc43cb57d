package io.utter.bench.load;

import java.io.IOException;
import java.util.Map;

/** The body of a response, read as it comes. */
sealed interface Body permits ChunkedBody, SizedBody {
    /**
     * Waits for at least one byte and takes what there is.
     *
     * @return how many bytes; -1 at the clean end
     * @throws java.io.EOFException if the connection ends before the body does
     */
    int read(byte[] buffer) throws IOException;

    /** What came after the body; empty before its clean end. */
    Map<String, String> trailers();
}
