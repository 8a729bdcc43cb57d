/**
 * ONNX Runtime, in two ways that compute the same: through its official Java API ({@link io.utter.model.ort.JavaSession}), and through its
 * C API with {@code java.lang.foreign} ({@link io.utter.model.ort.NativeSession}), which can bind inputs and outputs once and run many
 * times, and has a place for memory that is not the processor's. {@link io.utter.model.ort.OnnxRuntime} says which one; what runs a graph
 * sees {@link io.utter.model.ort.Session} and {@link io.utter.model.ort.Tensor} only. Both load the same library and can live in one
 * process, whose one environment they share.
 *
 * <p>{@link io.utter.model.ort.Device} is a card, or the processor in its place: memory, a queue of copies and runs, and sessions whose tensors
 * lie there ({@link io.utter.model.ort.DeviceSession}). The CUDA functions that are called are in {@code Cudart}; {@link io.utter.model.ort.Cards}
 * tells what stands in the way of a card.
 *
 * <p>Only here are {@code ai.onnxruntime} and {@code java.lang.foreign.Linker} used. The C functions that are called, and those only, are
 * in {@link io.utter.model.ort.OrtApi}. Nothing is known of what graphs mean.
 */
package io.utter.model.ort;
