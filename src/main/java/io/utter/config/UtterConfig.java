package io.utter.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

    /**
     * What computes: {@code cpu}; {@code cuda}, {@code cuda:1}: that NVIDIA card; several, with commas between; {@code auto}: all cards, or the
     * processor where there is none.
     */
    @WithDefault("auto")
    String device();

    /**
     * Most bytes that the weight files of loaded bundles may have together; 0: no bound. Bundles other than the default one are loaded when they are
     * asked for; beyond the bound the one that has been idle for longest is unloaded.
     */
    @WithDefault("0")
    long modelsMemory();

    /**
     * A file with API keys, one on each line: a name, the key, and, if it is to have a bound of its own, how many requests may be there at the same
     * time. Without a file nobody needs a key.
     */
    Optional<Path> keysFile();

    /** Voices that are made of recordings. */
    Voices voices();

    /** The paths that clients of GPT-SoVITS's {@code api_v2.py} know. */
    ApiV2 apiV2();

    /** How the machine is used. */
    Engine engine();

    /** How cards are used, where there are any. */
    Card card();

    /** When decoded tokens become audio that is sent. */
    Streaming streaming();

    /** What a single request may ask for. */
    Limits limits();

    /** How many requests are taken; beyond that they are refused at once, with the time after which to try again. */
    Admission admission();

    /** At shutdown: how long streams that still run are given to finish. New requests are refused meanwhile. */
    @WithDefault("120s")
    Duration drainTimeout();

    /** The threads and memory that networks may use. */
    interface Engine {

        /** Threads that one run of a network may use; 0: one for small networks, for large ones the processors shared between the runs. */
        @WithDefault("0")
        int threads();

        /**
         * Networks that may run at the same time, decoding tokens and making audio of others; 0: as many as there are processors for small
         * networks; for large ones two, or one on no more than two processors, where side by side they only slow each other down.
         */
        @WithDefault("0")
        int runs();

        /** Streams that are decoded at the same time on each device, which is the largest batch; others wait in order of arrival. */
        @WithDefault("16")
        int slots();

        /** Most chunks of different streams that become audio in one run. */
        @WithDefault("4")
        int acousticBatch();

        /**
         * The way to ONNX Runtime: {@code java}, its official API, or {@code native}, its C API. Read by {@code model} itself, from the
         * system property and the environment variable only.
         */
        @WithDefault("java")
        String runtime();
    }

    /** Memory and batches of cards. */
    interface Card {

        /** Most bytes of a card's memory to use; 0: what is free at the start, less a twentieth. */
        @WithDefault("0")
        long memory();

        /** Phones, prompt and tokens of the longest sentence, for which memory is kept in each slot. */
        @WithDefault("2048")
        int rowPositions();

        /**
         * Whether the same request with the same seed must sound the same however many others there are. On a card sums come out differently in
         * runs of different sizes, so then every step is over all slots, and every chunk becomes audio in a run of its own.
         */
        @WithDefault("true")
        boolean repeatable();
    }

    /** Lengths are in semantic tokens, of which there are 25 in a second of speech. */
    interface Streaming {

        /** Tokens in the first chunk of a stream. */
        @WithDefault("12")
        int firstChunk();

        /** Tokens that must be decoded beyond the first chunk before it is made: the context of its last moments. */
        @WithDefault("4")
        int lookAhead();

        /** Tokens held back after each later chunk, so that the last one is never a sliver. At least the look-ahead. */
        @WithDefault("8")
        int hold();

        /** How much longer a chunk may be than the one before. */
        @WithDefault("1.5")
        double growth();

        /** Most tokens in a chunk. */
        @WithDefault("75")
        int longestChunk();

        /** Chunks that may wait for a slow reader before its stream pauses. */
        @WithDefault("2")
        int chunksAhead();
    }

    /** Voices that are made of recordings. */
    interface Voices {

        /**
         * Where added voices are kept, with a folder for each bundle; if none is named, in {@code added-voices} beside the bundles. Where that
         * cannot be written to, they are kept in memory and lost with the process.
         */
        Optional<Path> folder();

        /** Whether voices can be added and deleted over HTTP: {@code on}, {@code off}, or {@code auto}: where keys are needed. */
        @WithDefault("auto")
        String uploads();

        /** Whether a voice that is added over HTTP needs a consent: {@code optional} or {@code required}. */
        @WithDefault("optional")
        String consent();

        /** Most voices that may be added to a bundle, and most consents. */
        @WithDefault("1000")
        int most();

        /**
         * Other names of voices, each {@code name=voice}, for ids that no voice has. By default those that clients of OpenAI's send if nobody has
         * told them better.
         */
        @WithDefault("alloy=default,ash=default,ballad=default,coral=default,echo=default,fable=default,onyx=default,nova=default,sage=default,"
                + "shimmer=default,verse=default,marin=default,cedar=default")
        List<String> aliases();

        /** Most bytes of a recording. */
        @WithDefault("10485760")
        int recordingBytes();
    }

    /** The paths that clients of GPT-SoVITS's {@code api_v2.py} know. */
    interface ApiV2 {

        /** Whether they are there. */
        @WithDefault("false")
        boolean enabled();

        /** The one folder whose recordings such clients may name; without it they can only name voices. */
        Optional<Path> referenceFolder();

        /** Most bytes of audio that answers without streaming hold together, until they are sent. */
        @WithDefault("67108864")
        long bufferBytes();

        /** Whether a client may change the model and recording that are meant by all others. */
        @WithDefault("false")
        boolean switching();
    }

    /** Bounds on a request; beyond them it is refused. */
    interface Limits {

        /** Longest text, in Unicode code points. */
        @WithDefault("4096")
        int inputCharacters();

        /** Largest request body, in bytes. */
        @WithDefault("262144")
        int bodyBytes();

        /**
         * How long a request may take from its arrival to its last sound. A caller may ask for less with {@code X-Request-Timeout}. Must
         * stay below the {@code timeoutSeconds} of Knative, which would end a stream as if it were whole.
         */
        @WithDefault("280s")
        Duration requestTimeout();

        /** How long a reader may take no audio before its stream is broken off and its slot given to another. */
        @WithDefault("30s")
        Duration stallTimeout();
    }

    /** Bounds on all requests together. Those of {@link Engine#slots()} are served; these are about the others. */
    interface Admission {

        /** How long a request may be expected to wait for a slot, at the speed at which the server has spoken of late. */
        @WithDefault("10s")
        Duration longestWait();

        /** Requests that may wait, however short their wait is expected to be. */
        @WithDefault("256")
        int mostWaiting();

        /** Requests of one client that may be there at the same time, waiting ones included; 0 is no limit. */
        @WithDefault("0")
        int perClient();

        /**
         * The request header that tells clients apart, for {@link #perClient()}: of {@code X-Forwarded-For} and the like the first entry
         * counts. Only name one that a caller cannot make up, because the ingress sets it. Where it is missing, or none is named, clients
         * are told apart by the address of their connection, which behind an ingress is the ingress's own.
         */
        Optional<String> clientHeader();
    }
}
