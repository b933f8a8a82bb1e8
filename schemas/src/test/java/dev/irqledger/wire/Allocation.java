package dev.irqledger.wire;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much memory an action takes. */
final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /**
   * The fewest bytes of four times: the first time classes are loaded, and now and then the JVM
   * counts a whole buffer that it handed to the thread.
   */
  static long bytes(Runnable action) {
    long fewest = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      action.run();
      fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return fewest;
  }
}
