package io.utter.model;

import io.utter.error.UtterException;
import io.utter.model.ort.Cards;
import java.util.Locale;

/**
 * The memory of a device that a bundle's networks take, known before any of it is: weights in each of the sessions that have them, caches for
 * all rows, and the most that may lie between the nodes of each graph. All of it is reserved at the start, so that no request runs out of it.
 *
 * @param weights bytes, of which a few per cent may not be used
 * @param caches bytes
 * @param workSpace bytes
 * @param budget bytes that there are for all of it; 0 for no bound
 */
public record MemoryPlan(long weights, long caches, long workSpace, long budget) {
    /** Of what is free on a card at the start; the rest is for contexts, kernels and what cuBLAS and cuDNN take for themselves. */
    private static final double SHARE_OF_FREE = 0.95;

    /** What a bundle needs where it is to be placed. */
    public static MemoryPlan of(Bundle bundle, Placement placement, int slots) {
        if (!placement.usesDeviceGraphs()) {
            return new MemoryPlan(0, 0, 0, 0);
        }
        Manifest manifest = bundle.manifest();
        int lanes = placement.room().lanes();
        long widened = manifest.isReduced() ? 2 : 1; // weights of the acoustic networks are stored reduced, and widened
        long weights = 2 * bundle.weightBytes(Bundle.SEMANTIC_WEIGHTS) + (lanes + 1) * widened * bundle.weightBytes(Bundle.ACOUSTIC_WEIGHTS);
        long caches = CachePool.bytes(manifest.semantic(), manifest.elementType(), slots, placement.room().rowPositions());
        return new MemoryPlan(weights, caches, placement.workSpace(), placement.freeBytes().map(free -> (long) (free * SHARE_OF_FREE)).orElse(0L));
    }

    public long total() {
        return weights + caches + workSpace;
    }

    /**
     * The same with a budget of the operator's, if there is one.
     *
     * @param bytes 0 for none
     */
    public MemoryPlan within(long bytes) {
        return bytes == 0 ? this : new MemoryPlan(weights, caches, workSpace, budget == 0 ? bytes : Math.min(bytes, budget));
    }

    /** @throws UtterException.Failed with the sizes, if it is too much */
    public void check(String bundle, DeviceName device) {
        if (budget > 0 && total() > budget) {
            throw new UtterException.Failed("does_not_fit", String.format(Locale.ROOT, "bundle %s needs %s on %s (weights %s, caches %s, work space %s), "
                    + "and may have %s: take fewer slots, shorter rows or a smaller acoustic batch", bundle, size(total()), device, size(weights),
                    size(caches), size(workSpace), size(budget)), null);
        }
    }

    /** The most rows that the budget has room for. */
    public long mostRows(int slots) {
        long perRow = caches / (slots + 1);
        return perRow == 0 || budget == 0 ? slots : Math.max(0, (budget - weights - workSpace) / perRow - 1);
    }

    private static String size(long bytes) {
        return String.format(Locale.ROOT, "%.2f GiB", bytes / (double) (1 << 30));
    }
}
