package dev.irqledger.agent.act;

import dev.irqledger.agent.vfio.Vfio;
import dev.irqledger.core.device.IrqSetData;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.recordings.OpScript;
import java.util.Map;
import java.util.TreeMap;

/**
 * The descriptors that an op script names, as this process has them: {@code eK} is an eventfd that
 * is made when it is first named, {@code s} a descriptor that is none. {@code b} goes out as it
 * stands, being closed for everybody.
 */
final class ScriptDescriptors {
  private static final int NOT_MADE = -1;

  private final Vfio vfio;
  private final Map<Integer, Integer> eventfds = new TreeMap<>();
  private int noEventfd = NOT_MADE;

  ScriptDescriptors(Vfio vfio) {
    this.vfio = vfio;
  }

  /**
   * The call with this process's descriptors in place of the script's numbers.
   *
   * @throws dev.irqledger.agent.vfio.VfioException if one cannot be made
   */
  SetIrqs resolve(SetIrqs call) {
    if (!(call.data() instanceof IrqSetData.Eventfds named)) {
      return call;
    }
    int[] fds = named.toArray();
    for (int i = 0; i < fds.length; i++) {
      fds[i] = resolve(fds[i]);
    }
    return new SetIrqs(
        call.index(), call.start(), call.count(), call.flags(), new IrqSetData.Eventfds(fds));
  }

  private int resolve(int named) {
    if (named == OpScript.NOT_AN_EVENTFD) {
      noEventfd = noEventfd == NOT_MADE ? vfio.openNull() : noEventfd;
      return noEventfd;
    }
    return named >= 0 && named < OpScript.EVENTFDS
        ? eventfds.computeIfAbsent(named, _ -> vfio.eventfd())
        : named;
  }

  /** How often each eventfd was signalled since the last time, by the script's number. */
  Map<Integer, Long> signalled() {
    Map<Integer, Long> counts = new TreeMap<>();
    eventfds.forEach((number, descriptor) -> {
      long count = vfio.readEventfd(descriptor);
      if (count > 0) {
        counts.put(number, count);
      }
    });
    return counts;
  }

  /** Closes them all. */
  void close() {
    eventfds.values().forEach(vfio::closeDescriptor);
    eventfds.clear();
    if (noEventfd != NOT_MADE) {
      vfio.closeDescriptor(noEventfd);
      noEventfd = NOT_MADE;
    }
  }
}
