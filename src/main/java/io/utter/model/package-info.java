/**
 * A model bundle on disk ({@link io.utter.model.Bundle}) and in memory: one class per network, each with the methods that its users
 * need ({@link io.utter.model.SemanticModel}, {@link io.utter.model.PriorModel}, {@link io.utter.model.WaveformModel},
 * {@link io.utter.model.StyleModel}). Sequences of the transformer are decoded together, each in a row of a
 * {@link io.utter.model.TokenDecoder}.
 *
 * <p>What a bundle runs on is decided in one place, {@link io.utter.model.Placement}. On a card, or wherever its graphs run, there are a
 * {@code DeviceBatch} over a {@code CachePool} instead of a batch whose memory grows, and {@code WaveformLane}s; what they take is known
 * beforehand ({@link io.utter.model.MemoryPlan}).
 *
 * <p>Only in {@link io.utter.model.ort} is ONNX Runtime known, and only here that package. A change here may touch sessions, devices, threads
 * and memory, never what is computed: that is decided by the graphs, which {@code importer} writes, and by {@code engine}.
 */
package io.utter.model;
