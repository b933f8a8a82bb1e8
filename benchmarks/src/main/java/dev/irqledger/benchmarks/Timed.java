package dev.irqledger.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How long things take. */
public final class Timed {
  private Timed() {}

  /** Does the work once. */
  static double seconds(LongSupplier work) {
    long start = System.nanoTime();
    if (work.getAsLong() < 0) {
      throw new IllegalStateException("no answer");
    }
    return seconds(System.nanoTime() - start);
  }

  static double seconds(long nanos) {
    return nanos / (double) TimeUnit.SECONDS.toNanos(1);
  }

  /**
   * The processor time that all threads of this process took so far, in nanoseconds: what work
   * costs, also where others wait for the processors.
   */
  public static long processorNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** The middle one; of an even number the mean of the two. */
  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
