package dev.irqledger.replay.archive;

import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.replay.InMemoryLog;
import dev.irqledger.wire.signature.EventSigner;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/** Logs of a few hosts whose devices arm and disarm vectors. */
final class SampleLog {
  static final int PARTITIONS = 2;
  static final List<String> HOSTS = List.of("hv-0", "hv-1", "hv-2", "hv-3");

  private SampleLog() {}

  /** So many events, the same for the same number; every 17th record cannot be read. */
  static InMemoryLog of(int events) {
    InMemoryLog log = new InMemoryLog(PARTITIONS);
    grow(log, 0, events);
    return log;
  }

  /** As {@link #of(int)}, all signed but for those from one number to another. */
  static InMemoryLog of(int events, EventSigner signer, int unsignedFrom, int unsignedTo) {
    InMemoryLog log = new InMemoryLog(PARTITIONS);
    log.signWith(signer);
    grow(log, 0, unsignedFrom);
    log.signWith(EventSigner.none());
    grow(log, unsignedFrom, unsignedTo);
    log.signWith(signer);
    grow(log, unsignedTo, events);
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
          HOSTS.get(random.nextInt(4)) + "/0000:0" + random.nextInt(3) + ":00.0",
          new InterruptsSet(
              SetIrqs.triggers(IrqIndex.MSIX, random.nextInt(8), fds), OptionalInt.of(0), 0, null));
    }
  }
}
