package io.utter.bench.load;

import io.utter.bench.ProcessUsage;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What one level of load came to.
 *
 * @param heard every request
 * @param comparisons of complete streams with their solo takes, if there are any
 * @param seconds from the first request to the end of the last stream
 * @param cpuSeconds that the server took meanwhile
 * @param resident megabytes of the server at the end
 * @param peak megabytes of the server meanwhile
 */
record Level(Load load, List<Heard> heard, List<Comparison> comparisons, double seconds, double cpuSeconds, double resident, double peak) {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_NANO = 1e-6;

    static Level ended(Load load, List<Heard> heard, List<Comparison> comparisons, long beganAt, double cpuSeconds,
            Optional<ProcessUsage> usage) {
        long endedAt = heard.stream().mapToLong(Heard::endedAt).max().orElse(beganAt);
        return new Level(load, heard, comparisons, (endedAt - beganAt) / NANOS_PER_SECOND, cpuSeconds,
                usage.map(ProcessUsage::residentMegabytes).orElse(Double.NaN), usage.map(ProcessUsage::peakMegabytes).orElse(Double.NaN));
    }

    long count(Heard.Outcome outcome) {
        return heard.stream().filter(one -> one.outcome() == outcome).count();
    }

    /** Requests that were taken and not given whole, or not answered. */
    long lost() {
        return heard.size() - count(Heard.Outcome.COMPLETE) - count(Heard.Outcome.REFUSED);
    }

    double firstAudioMillis(double share) {
        return Percentiles.of(heard.stream().mapToDouble(Heard::firstAudioMillis)).at(share);
    }

    double realTimeFactor(double share) {
        return percentile(share, Heard::realTimeFactor);
    }

    /** Percent of the complete streams. */
    double neverStarved() {
        long steady = heard.stream().filter(one -> one.complete() && one.playout().underruns() == 0).count();
        return 100.0 * steady / count(Heard.Outcome.COMPLETE);
    }

    long underruns() {
        return heard.stream().mapToLong(one -> one.playout().underruns()).sum();
    }

    double longestGapMillis() {
        return heard.stream().mapToDouble(one -> one.playout().longestGap().toNanos() * MILLIS_PER_NANO).max().orElse(0);
    }

    double audioSeconds() {
        return heard.stream().mapToDouble(one -> one.playout().audio().toNanos() / NANOS_PER_SECOND).sum();
    }

    double throughput() {
        return audioSeconds() / seconds;
    }

    double cpuPerAudioSecond() {
        return cpuSeconds / audioSeconds();
    }

    long wrong() {
        return comparisons.stream().filter(Predicate.not(Comparison::right)).count();
    }

    long identical() {
        return comparisons.stream().filter(Comparison::identical).count();
    }

    /** Of audio with the right length, in units of 16-bit samples. */
    int maxDifference() {
        return comparisons.stream().mapToInt(Comparison::maxDifference).filter(most -> most < Comparison.OTHER_LENGTH).max().orElse(0);
    }

    private double percentile(double share, ToDoubleFunction<Heard> figure) {
        return Percentiles.of(heard.stream().filter(Heard::complete).mapToDouble(figure)).at(share);
    }
}
