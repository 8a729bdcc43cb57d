package io.utter.model.ort;

import java.util.Map;

/** How sessions are set up, whatever the runtime. Memory patterns are off, too: shapes vary, and a plan per shape would never be used again. */
final class SessionConfig {
    /** Only errors are logged. */
    static final int LOG_ERRORS = 3;
    static final String LOG_NAME = "utter";
    /** The nodes of a graph run one after the other. */
    static final int NODES_AT_ONCE = 1;
    static final Map<String, String> ENTRIES = Map.of(
            "session.force_spinning_stop", "1", // no CPU time is billed between runs
            "session.set_denormal_as_zero", "1");

    /** What leaves out the blocked form of convolutions' weights, which takes longer to make than it saves in a few runs. */
    static final Map<String, String> FEW_RUNS = Map.of("optimization.disable_specified_optimizers", "NchwcTransformer");

    private SessionConfig() {}

    /** What has a loaded graph saved together with packed weights, all of them in a file of this name. */
    static Map<String, String> saving(String weights) {
        return Map.of("session.optimized_model_external_initializers_file_name", weights,
                "session.optimized_model_external_initializers_min_size_in_bytes", "0",
                "session.save_external_prepacked_constant_initializers", "1");
    }
}
