/**
 * The networks of GPT-SoVITS as ONNX graphs, written from the tensors of a checkpoint.
 *
 * <p>One class per network ({@link io.utter.importer.graph.SemanticGraph}, {@link io.utter.importer.graph.PriorGraph},
 * {@link io.utter.importer.graph.WaveformGraph}, {@link io.utter.importer.graph.StyleGraph}), written with
 * {@link io.utter.importer.graph.GraphBuilder} so that it reads like the specification beside it. All widths come from tensor shapes
 * and the checkpoint's configuration; whatever depends on weights alone is computed here, once, and not at run time. A change here
 * must keep every golden test within its tolerance.
 */
package io.utter.importer.graph;
