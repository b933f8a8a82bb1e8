package dev.irqledger.agent.status;

import dev.irqledger.agent.ledger.HostLedger.Holding;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.policy.Pool;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** Which pool ran out at a call, and who held it then. */
public final class Shortage {
  /** So many holders are named; those behind them are summed up. */
  private static final int NAMED = 5;

  private Shortage() {}

  /**
   * One line: the pool, what was asked of it, how full it is after the call (which gives back what
   * it had got before it failed), and the biggest holders.
   *
   * @param body the call at which it ran out
   * @param holdings the host's devices as they are now
   */
  public static String tell(
      Pool pool, EventBody body, SortedMap<Bdf, Holding> holdings, Resources resources) {
    ToIntFunction<Holding> share =
        switch (pool) {
          case CPU_VECTORS -> holding -> holding.state().counts().armed();
          case REMAPPING_ENTRIES -> holding -> holding.state().counts().allocated();
        };
    int held = holdings.values().stream().mapToInt(share).sum();
    return "out of "
        + pool.words()
        + asked(body)
        + ": passthrough devices now hold "
        + held
        + size(pool, resources)
        + holders(holdings, share)
        + drivers(resources);
  }

  private static String asked(EventBody body) {
    return body instanceof InterruptsSet set ? " for the " + set.call().count() + " asked for" : "";
  }

  private static String size(Pool pool, Resources resources) {
    return switch (pool) {
      case CPU_VECTORS ->
          resources.cpuVectorsTotal().isPresent()
              ? " of " + resources.cpuVectorsTotal().getAsInt() + free(resources)
              : "";
      case REMAPPING_ENTRIES -> {
        int total = resources.units().stream().mapToInt(unit -> unit.total().orElse(0)).sum();
        yield total > 0 ? " of " + total : "";
      }
    };
  }

  private static String free(Resources resources) {
    return resources.cpuVectorsFree().isPresent()
        ? " (" + resources.cpuVectorsFree().getAsInt() + " free)"
        : "";
  }

  private static String holders(SortedMap<Bdf, Holding> holdings, ToIntFunction<Holding> share) {
    List<Map.Entry<Bdf, Holding>> biggest =
        holdings.entrySet().stream()
            .filter(device -> share.applyAsInt(device.getValue()) > 0)
            .sorted(Comparator.comparingInt(device -> -share.applyAsInt(device.getValue())))
            .toList();
    String named =
        biggest.stream()
            .limit(NAMED)
            .map(device ->
                device.getKey()
                    + " "
                    + share.applyAsInt(device.getValue())
                    + " ("
                    + name(device.getValue().holder())
                    + ")")
            .collect(Collectors.joining(", "));
    String more =
        biggest.size() > NAMED ? " and " + (biggest.size() - NAMED) + " more devices" : "";
    return named.isEmpty() ? "" : ": " + named + more;
  }

  private static String drivers(Resources resources) {
    int irqs = resources.drivers().stream().mapToInt(Resources.Driver::irqs).sum();
    return irqs == 0 ? "" : "; the host's own drivers hold " + irqs + " irqs";
  }

  private static String name(Actor actor) {
    if (actor.vm() != null) {
      return "VM " + actor.vm();
    }
    return actor.command() == null ? "unknown" : actor.command() + " " + actor.pid();
  }
}
