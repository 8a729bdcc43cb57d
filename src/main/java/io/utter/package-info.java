/**
 * Utter: GPT-SoVITS voices as a serverless function. The way of a request, in twelve lines:
 *
 * <ol>
 * <li>{@code api} validates the HTTP request ({@code cli} does the same for the command line) and hands it to {@code speech}.
 * <li>{@code admission} lets it in, or refuses it at once if it would have to wait too long.
 * <li>{@code speech} looks up the bundle and the voice, and puts the stages below together.
 * <li>{@code text} cuts the text into sentences and turns each into phones, lazily: the first leaves before the rest is read.
 * <li>{@code voice} holds what is known of a voice: prompt phones, prompt tokens, style vector.
 * <li>{@code engine} decodes semantic tokens (25 per second of speech) and turns them into samples, chunk by chunk,
 *     while the decoding goes on.
 * <li>{@code model} runs the networks of a bundle; only it knows ONNX Runtime.
 * <li>{@code audio} packs samples into PCM and WAV.
 * <li>{@code api} writes each chunk to the socket when the socket asks for it.
 * </ol>
 * Beside that way: {@code importer} makes bundles out of original checkpoints, {@code lifecycle} starts and stops the server,
 * {@code health} and {@code metrics} tell how it is, {@code config} is what an operator may set, {@code error} what can go wrong,
 * {@code bench} how fast it is. {@code ArchitectureTest} holds who may import whom.
 */
package io.utter;
