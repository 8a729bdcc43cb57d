/**
 * Original GPT-SoVITS checkpoints to model bundles: {@link io.utter.importer.BundleImporter} reads a pair of files
 * ({@code checkpoint}), writes the graphs of its networks ({@code graph}), tries them, and leaves a bundle or nothing at all.
 *
 * <p>Nothing here is used while speech is made. A change here may add a kind of checkpoint or network; what a bundle looks like is
 * decided in {@code model}.
 */
package io.utter.importer;
