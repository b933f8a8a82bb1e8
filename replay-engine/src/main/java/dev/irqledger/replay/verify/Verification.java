package dev.irqledger.replay.verify;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.Replayer;
import dev.irqledger.wire.FoldedState;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Holds a log against the rules that its writers are bound by, against states that were kept of it,
 * and against heads that were signed. Watches a replay from the log's beginning.
 */
public final class Verification implements Replayer.Observer {
  private final Faults faults = new Faults();
  private final StatesCheck states;
  private final HeadsCheck heads;
  private final SortedMap<Rule, Long> broken = new TreeMap<>();
  private long repeated;

  /**
   * What was found.
   *
   * @param faults the first of them
   * @param faultsInAll how many there are
   * @param repeated events that came again with the same content; harmless, and left alone
   * @param findings rules of the kernel that the events break, with how often: what the ledger is
   *     there to find, no fault of the log
   */
  public record Report(
      List<Fault> faults,
      long faultsInAll,
      long repeated,
      SortedMap<Rule, Long> findings,
      States states,
      SignedHeads heads) {
    public boolean sound() {
      return faultsInAll == 0;
    }
  }

  /**
   * States that a service keeps, and those of the log.
   *
   * @param kept how many kept states were compared
   * @param equal how many of them equal the replayed ones, byte for byte
   * @param behind how many kept states are not up to the end of their device's history
   * @param missing devices of the log without a kept state
   */
  public record States(long kept, long equal, long behind, long missing) {}

  /**
   * Heads that were signed, and those of the log.
   *
   * @param signed how many were looked for
   * @param equal how many of them the log has
   * @param pruned how many lie before what is left of the log, so that nobody can tell
   */
  public record SignedHeads(long signed, long equal, long pruned) {}

  /**
   * @param kept the states to compare, by device; empty to compare none
   * @param signed the heads to look for; empty for none
   */
  public Verification(Map<DeviceKey, FoldedState> kept, Map<DeviceKey, Heads.Head> signed) {
    this.states = new StatesCheck(kept, faults);
    this.heads = new HeadsCheck(signed, faults);
  }

  @Override
  public void begun(FoldedState state) {
    states.replayed(state);
    heads.begun(state);
  }

  @Override
  public void folded(LogRecord record, InterruptEvent event, Folded folded) {
    for (Violation violation : folded.violations()) {
      switch (violation.rule().kind()) {
        case KERNEL -> broken.merge(violation.rule(), 1L, Long::sum);
        case LOG ->
            faults.add(
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
    FoldedState replayed = new FoldedState(folded.state(), record.position());
    states.replayed(replayed);
    heads.replayed(replayed);
  }

  /** What was found, once the replay has ended. */
  public Report report() {
    States ofStates = states.end();
    SignedHeads ofHeads = heads.end();
    return new Report(
        faults.told(), faults.count(), repeated, new TreeMap<>(broken), ofStates, ofHeads);
  }
}
