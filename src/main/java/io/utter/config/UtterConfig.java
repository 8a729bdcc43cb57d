package io.utter.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.nio.file.Path;
import java.time.Duration;

/**
 * All keys begin with {@code utter.}; as environment variables they are upper case with underscores
 * ({@code UTTER_LIMITS_INPUT_CHARACTERS}).
 */
@ConfigMapping(prefix = "utter")
public interface UtterConfig {

    /** Folder that holds the bundles, one folder each. A relative path is relative to the working directory. */
    @WithDefault("models")
    Path models();

    /** The bundle that requests mean when they name none, or {@code default}, or one of OpenAI's models. */
    @WithDefault("default")
    String defaultModel();

    /** What a single request may ask for. */
    Limits limits();

    /** At shutdown: how long streams that still run are given to finish. New requests are refused meanwhile. */
    @WithDefault("120s")
    Duration drainTimeout();

    /** Bounds on a request; beyond them it is refused. */
    interface Limits {

        /** Longest text, in Unicode code points. */
        @WithDefault("4096")
        int inputCharacters();

        /** Largest request body, in bytes. */
        @WithDefault("262144")
        int bodyBytes();
    }
}
