package io.utter.importer.graph;

import java.util.Locale;

/**
 * The type in which the products of a network (linear layers and convolutions) hold their weights and take and give their values.
 * Everything else is single precision whatever this says: {@link GraphBuilder} tells which operator runs in which type, and why.
 */
public enum Precision {
    FP32(ElementType.FLOAT),
    FP16(ElementType.FLOAT16),
    BF16(ElementType.BFLOAT16);

    final ElementType products;

    Precision(ElementType products) {
        this.products = products;
    }

    /** As options and manifests spell it: {@code fp16}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
