/**
 * Original PyTorch checkpoints, read without Python and without trusting them.
 *
 * <p>A checkpoint comes from strangers. {@link io.utter.importer.checkpoint.Checkpoint} maps the file, finds its members
 * ({@code Archive}), reads the pickle that describes it with a machine that knows a few plain values and nothing else
 * ({@code PickleMachine}, {@code PickleGlobal}), and hands out plain Java data in which tensors are
 * {@link io.utter.importer.checkpoint.StoredTensor}s: views of the mapped file, copied only when asked for. Nothing in a file
 * is executed, looked up reflectively or extracted, and whatever a file claims is bounded by the bytes it really has.
 * {@link io.utter.importer.checkpoint.GptCheckpoint} and {@link io.utter.importer.checkpoint.SovitsCheckpoint} add what
 * GPT-SoVITS means by its two kinds of files.
 *
 * <p>Every refusal is a {@link io.utter.importer.checkpoint.CheckpointException} whose message is one line for the person who
 * brought the file. A change here must keep three promises: no other exception leaves this package for any file content, a name
 * joins the list of globals only when it is harmless, and no size found in a file is believed before it is checked.
 *
 * <p>Depends on the JDK only. Sources: spec/gpt-sovits.md section 1 and appendix A; PyTorch's {@code torch/serialization.py};
 * Python's {@code pickletools}; APPNOTE.TXT (ZIP).
 */
package io.utter.importer.checkpoint;
