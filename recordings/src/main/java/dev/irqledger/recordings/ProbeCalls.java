package dev.irqledger.recordings;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.IrqIndex;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pairs entries and returns by their thread. Calls come out in the order in which they ended. Not
 * for use by several threads.
 *
 * <p>The kernel's own disable at a device's last close goes through the same function as a
 * program's calls ({@code vfio_pci_core_disable} of {@code drivers/vfio/pci/vfio_pci_core.c}, with
 * {@code irq_type} as the index). It is told by the record before it, of the same thread; and by an
 * index that no program's call gets through with, which stands for a device without a mode.
 */
public final class ProbeCalls {
  /** How many calls may be under way; the eldest beyond that are given up as unanswered. */
  public static final int MAX_IN_FLIGHT = 1024;

  private static final int INDEXES = IrqIndex.values().length;

  private final Map<Integer, Pending> inFlight = new LinkedHashMap<>();
  private final Map<Integer, Bdf> releasing = new LinkedHashMap<>();

  private record Pending(long line, ProbeRecord.Entered entry, boolean release) {
    ProbeCall answered(ProbeRecord.Returned end) {
      // Two CPUs' clocks may differ a little; a call takes no negative time.
      long latency = Math.max(0, end.nanos() - entry.nanos());
      return new ProbeCall(
          line, entry, OptionalInt.of(end.result()), end.nanos(), latency, release);
    }

    ProbeCall unanswered() {
      return new ProbeCall(line, entry, OptionalInt.empty(), entry.nanos(), 0, release);
    }
  }

  /** The device's last descriptor is closed; the thread's next call on it is the kernel's own. */
  public void releasing(ProbeRecord.Releasing record) {
    releasing.put(record.thread(), record.device());
    if (releasing.size() > MAX_IN_FLIGHT) {
      removeEldest(releasing);
    }
  }

  /**
   * A call begins.
   *
   * @param line its line, counted from 1
   * @param sink takes the call that the thread did not return from, as far as was seen
   */
  public void entered(long line, ProbeRecord.Entered entry, Consumer<? super ProbeCall> sink) {
    Pending unanswered = inFlight.remove(entry.thread());
    if (unanswered != null) {
      sink.accept(unanswered.unanswered());
    }
    Bdf closing = releasing.remove(entry.thread());
    boolean release = entry.device().equals(closing) || entry.call().index() >= INDEXES;
    inFlight.put(entry.thread(), new Pending(line, entry, release));
    while (inFlight.size() > MAX_IN_FLIGHT) {
      sink.accept(removeEldest(inFlight).unanswered());
    }
  }

  /** A call ends; null where its entry was not seen. */
  public @Nullable ProbeCall returned(ProbeRecord.Returned end) {
    Pending entry = inFlight.remove(end.thread());
    return entry == null ? null : entry.answered(end);
  }

  /**
   * Lets all calls under way go as unanswered. After a loss this is due: the next return of a
   * thread need not be the one that is waited for.
   */
  public void giveUp(Consumer<? super ProbeCall> sink) {
    releasing.clear();
    while (!inFlight.isEmpty()) {
      sink.accept(removeEldest(inFlight).unanswered());
    }
  }

  /** True where a call on the device, or its last close, is under way. */
  public boolean busy(Bdf device) {
    return releasing.containsValue(device)
        || inFlight.values().stream().anyMatch(call -> call.entry().device().equals(device));
  }

  private static <T> T removeEldest(Map<Integer, T> map) {
    Iterator<T> eldest = map.values().iterator();
    T removed = eldest.next();
    eldest.remove();
    return removed;
  }
}
