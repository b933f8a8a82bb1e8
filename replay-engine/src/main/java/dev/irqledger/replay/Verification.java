package dev.irqledger.replay;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.wire.DeviceStateCodec;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.SchemaCatalog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds a log against the rules that its writers are bound by, and states that were kept against
 * those that the log gives at the same position. Watches a replay from the log's beginning.
 */
public final class Verification implements Replayer.Observer {
  /** So many faults are told one by one; all are counted. */
  private static final int MOST_TOLD = 100;

  private final DeviceStateCodec codec = new DeviceStateCodec(SchemaCatalog.releasedOnly());
  private final Map<DeviceKey, FoldedState> kept;
  private final Map<DeviceKey, LogPosition> reached = new HashMap<>();
  private final SortedMap<Rule, Long> broken = new TreeMap<>();
  private final List<Fault> faults = new ArrayList<>();
  private long faultsInAll;
  private long repeated;
  private long equal;

  /**
   * Something that must not be.
   *
   * @param position the event that shows it; of a kept state, up to which it was folded
   * @param what the rule's name, {@code STATE_DIFFERS} or {@code STATE_NOT_IN_LOG}
   */
  public record Fault(DeviceKey device, LogPosition position, String what, String detail) {}

  /**
   * What was found.
   *
   * @param faults the first of them
   * @param faultsInAll how many there are
   * @param repeated events that came again with the same content; harmless, and left alone
   * @param findings rules of the kernel that the events break, with how often: what the ledger is
   *     there to find, no fault of the log
   * @param kept how many kept states were compared
   * @param equal how many of them equal the replayed ones, byte for byte
   * @param behind how many kept states are not up to the end of their device's history
   * @param missing devices of the log without a kept state
   */
  public record Report(
      List<Fault> faults,
      long faultsInAll,
      long repeated,
      SortedMap<Rule, Long> findings,
      long kept,
      long equal,
      long behind,
      long missing) {
    public boolean sound() {
      return faultsInAll == 0;
    }
  }

  /**
   * @param kept the states to compare, by device; empty to compare none
   */
  public Verification(Map<DeviceKey, FoldedState> kept) {
    this.kept = Map.copyOf(kept);
  }

  @Override
  public void begun(FoldedState state) {
    reached.put(state.state().key(), state.position());
    compare(state);
  }

  @Override
  public void folded(LogRecord record, InterruptEvent event, Folded folded) {
    for (Violation violation : folded.violations()) {
      switch (violation.rule().kind()) {
        case KERNEL -> broken.merge(violation.rule(), 1L, Long::sum);
        case LOG ->
            fault(
                new Fault(
                    event.device(),
                    record.position(),
                    violation.rule().name(),
                    "expected " + violation.expected() + ", reported " + violation.reported()));
      }
    }
    if (!folded.applied() && folded.violations().isEmpty()) {
      repeated++;
    }
    reached.put(event.device(), record.position());
    compare(new FoldedState(folded.state(), record.position()));
  }

  private void compare(FoldedState replayed) {
    FoldedState other = kept.get(replayed.state().key());
    if (other == null || !other.position().equals(replayed.position())) {
      return;
    }
    if (Arrays.equals(codec.encode(other), codec.encode(replayed))) {
      equal++;
    } else {
      fault(
          new Fault(
              replayed.state().key(),
              replayed.position(),
              "STATE_DIFFERS",
              "the kept state is not what the log gives: kept "
                  + other.state().counts()
                  + ", replayed "
                  + replayed.state().counts()));
    }
  }

  private void fault(Fault fault) {
    faultsInAll++;
    if (faults.size() < MOST_TOLD) {
      faults.add(fault);
    }
  }

  /** What was found, once the replay has ended. */
  public Report report() {
    long behind = 0;
    for (FoldedState state : kept.values()) {
      LogPosition end = reached.get(state.state().key());
      if (end == null || end.offset() < state.position().offset()) {
        fault(
            new Fault(
                state.state().key(),
                state.position(),
                "STATE_NOT_IN_LOG",
                "the kept state is of an event that the log does not have" + upTo(end)));
      } else if (end.offset() > state.position().offset()) {
        behind++;
      }
    }
    long missing =
        kept.isEmpty()
            ? 0
            : reached.keySet().stream().filter(key -> !kept.containsKey(key)).count();
    return new Report(
        List.copyOf(faults),
        faultsInAll,
        repeated,
        new TreeMap<>(broken),
        kept.size(),
        equal,
        behind,
        missing);
  }

  private static String upTo(@Nullable LogPosition end) {
    return end == null ? "" : ", whose last one is at offset " + end.offset();
  }
}
