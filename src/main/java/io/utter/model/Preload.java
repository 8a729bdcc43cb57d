package io.utter.model;

import io.utter.error.UtterException;
import io.utter.model.ort.OnnxRuntime;

/** What every model needs before the first one is loaded, begun as early as a process knows that it will need it. */
public final class Preload {
    private Preload() {}

    /** Loads the native libraries and readies the reader of manifests, on a thread of its own. Failures show when they are used. */
    public static void begin() {
        Thread.ofPlatform().daemon(true).name("preload").start(() -> {
            try {
                OnnxRuntime.chosen().load();
            } catch (UtterException e) {
                return; // whoever opens a model is told
            }
            Bundle.prepare();
        });
    }
}
