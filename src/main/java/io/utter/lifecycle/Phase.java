package io.utter.lifecycle;

/** Where a server is in its life. */
public sealed interface Phase {

    /** Models are being read. */
    record Loading() implements Phase {}

    /** Models are there; a first sentence is being spoken to nobody, so that the first caller does not pay for it. */
    record WarmingUp() implements Phase {}

    /** Requests are served. */
    record Ready() implements Phase {}

    /** Streams that run may finish; new requests are refused. */
    record Draining() implements Phase {}

    /**
     * A network has failed for good: nothing can be spoken any more in this process.
     *
     * @param reason one line for people
     */
    record Broken(String reason) implements Phase {}

    /**
     * Models could not be loaded, and never will be in this process.
     *
     * @param reason one line for people
     */
    record Failed(String reason) implements Phase {}
}
