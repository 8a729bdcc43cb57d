package io.utter.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** What the operating system says of a process; NaN where it does not tell. */
public record ProcessUsage(ProcessHandle process) {
    /** What Linux takes in {@code clear_refs} as "forget the peak" (proc_pid_clear_refs(5)). */
    private static final String FORGET_PEAK = "5";
    private static final double KILOBYTES_PER_MEGABYTE = 1024;

    public static ProcessUsage ofThisProcess() {
        return new ProcessUsage(ProcessHandle.current());
    }

    /** Resident memory, in MB. */
    public double residentMegabytes() {
        return field("VmRSS:");
    }

    /** Most memory that was resident since the start or {@link #forgetPeak}, in MB. */
    public double peakMegabytes() {
        return field("VmHWM:");
    }

    /** From now on the peak is that of the time to come. Where the system cannot do that, the peak stays that of the whole life. */
    public void forgetPeak() {
        try {
            Files.writeString(file("clear_refs"), FORGET_PEAK);
        } catch (IOException e) {
            // another system, or a container that does not allow it
        }
    }

    /** Seconds that processors have worked for it, user and system, in steps of 10 ms on Linux. */
    public double cpuSeconds() {
        return process.info().totalCpuDuration().map(used -> used.toNanos() / 1e9).orElse(Double.NaN);
    }

    /** Time since it was started; where the system does not tell, since this virtual machine's start. */
    public Duration age() {
        Instant start = process.info().startInstant()
                .orElseGet(() -> Instant.ofEpochMilli(java.lang.management.ManagementFactory.getRuntimeMXBean().getStartTime()));
        return Duration.between(start, Instant.now());
    }

    private double field(String name) {
        try {
            return Files.readAllLines(file("status")).stream().filter(line -> line.startsWith(name))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / KILOBYTES_PER_MEGABYTE).findFirst().orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    private Path file(String name) {
        return Path.of("/proc", String.valueOf(process.pid()), name);
    }
}
