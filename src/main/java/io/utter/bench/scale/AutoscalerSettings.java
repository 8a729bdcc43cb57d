package io.utter.bench.scale;

/**
 * What the manifest asks of the autoscaler; times in seconds.
 *
 * @param concurrency {@code containerConcurrency}
 * @param utilization share of it that is aimed at
 * @param window over which concurrency is averaged
 * @param panicWindow the short one
 * @param panicThreshold how many times too few pods the short one has to want, for panic
 * @param scaleDownDelay for how long fewer pods must have been enough
 * @param retention how long the last pod stays after the window has been empty
 * @param minScale pods at least
 * @param maxScale pods at most
 * @param scaleUpRate how many times more pods a decision may ask for
 */
public record AutoscalerSettings(int concurrency, double utilization, double window, double panicWindow, double panicThreshold,
        double scaleDownDelay, double retention, int minScale, int maxScale, double scaleUpRate) {

    /** As in {@code knative/base/service.yaml}, and the cluster's patch. */
    public static AutoscalerSettings ofTheManifest(int concurrency, int minScale, int maxScale) {
        return new AutoscalerSettings(concurrency, 0.75, 60, 6, 2, 120, 600, minScale, maxScale, 2);
    }
}
