package io.utter.model.ort;

/**
 * How a graph is loaded for a {@link Device}.
 *
 * @param threads of the processor that one run may use
 * @param runs how it is run
 * @param reduced whether products of fp32 may take operands of reduced precision (on CUDA: TF32)
 * @param arenaBytes most memory of the device for what lies between the nodes; 0: no limit
 */
public record DeviceSessionOptions(int threads, Runs runs, boolean reduced, long arenaBytes) {

    /** How runs follow each other. */
    public enum Runs {
        /** In the device's queue, one after the other; those that are bound to be captured are captured, where the device can. */
        CAPTURED,
        /** In the device's queue, one after the other. */
        QUEUED,
        /** Each for itself, from any thread, and over when the call returns. */
        INDEPENDENT
    }
}
