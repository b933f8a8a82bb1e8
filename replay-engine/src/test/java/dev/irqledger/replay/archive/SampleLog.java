package dev.irqledger.replay.archive;

import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.replay.InMemoryLog;
import java.util.OptionalInt;
import java.util.Random;

/** Logs of a few hosts whose devices arm and disarm vectors. */
final class SampleLog {
  static final int PARTITIONS = 2;

  private SampleLog() {}

  /** So many events, the same for the same number; every 17th record cannot be read. */
  static InMemoryLog of(int events) {
    InMemoryLog log = new InMemoryLog(PARTITIONS);
    grow(log, 0, events);
    return log;
  }

  /** The events {@code from} to {@code to} of that log. */
  static void grow(InMemoryLog log, int from, int to) {
    for (int i = from; i < to; i++) {
      Random random = new Random(i);
      if (i % 17 == 16) {
        log.append(random.nextInt(PARTITIONS), new byte[] {1, 2, (byte) i});
        continue;
      }
      int[] fds = random.ints(1 + random.nextInt(6), -1, 100).toArray();
      log.append(
          "hv-" + random.nextInt(4) + "/0000:0" + random.nextInt(3) + ":00.0",
          new InterruptsSet(
              SetIrqs.triggers(IrqIndex.MSIX, random.nextInt(8), fds), OptionalInt.of(0), 0, null));
    }
  }
}
