package dev.irqledger.standalone;

import dev.irqledger.cli.VectorMapText;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.avro.Holder;
import dev.irqledger.wire.avro.HostPressure;
import dev.irqledger.wire.avro.Pool;
import java.util.Collection;
import java.util.List;

/** Prints what the demonstration found. */
final class DemoReport {
  private final Screen screen;

  DemoReport(Screen screen) {
    this.screen = screen;
  }

  /** A device with its vectors. */
  void device(FoldedState folded) {
    DeviceState state = folded.state();
    VectorCounts counts = state.counts();
    screen.line(
        "  "
            + state.key()
            + "  mode "
            + state.interrupts().mode().label()
            + ", "
            + counts.armed()
            + " armed, "
            + counts.cached()
            + " cached, "
            + counts.reserved()
            + " reserved");
    List<String> rows = VectorMapText.rows(state.interrupts().vectors(), screen.ansi());
    rows.forEach(screen::line);
    if (!rows.isEmpty()) {
      screen.line("         " + VectorMapText.LEGEND);
    }
  }

  void violations(Collection<Violation> violations) {
    for (Violation violation : violations) {
      screen.line(
          screen.ansi().string("  @|red " + violation.rule() + "|@  " + violation.device()));
      screen.line("    the rule    " + violation.rule().sentence());
      screen.line("    expected    " + violation.expected());
      screen.line("    reported    " + violation.reported());
      screen.line("    event       " + violation.eventId());
    }
  }

  void pressure(Collection<HostPressure> hosts) {
    screen.line(
        "  %-6s %-20s %7s %7s %9s %6s %10s"
            .formatted("HOST", "POOL", "ARMED", "CACHED", "RESERVED", "PEAK", "OF"));
    for (HostPressure host : hosts) {
      for (Pool pool : host.getPools()) {
        screen.line(
            "  %-6s %-20s %7d %7d %9d %6d %10s"
                .formatted(
                    host.getHost(),
                    name(pool),
                    pool.getArmed(),
                    pool.getCached(),
                    pool.getReserved(),
                    pool.getHighWater(),
                    pool.getCapacity() == null ? "unknown" : pool.getCapacity()));
      }
      for (Holder holder : host.getHolders()) {
        screen.line(
            "         biggest holder: "
                + holder.getDevice()
                + " with "
                + (holder.getArmed() + holder.getCached() + holder.getReserved())
                + " irqs");
        break;
      }
    }
  }

  private static String name(Pool pool) {
    return switch (pool.getKind()) {
      case CPU_VECTORS -> "CPU vectors";
      case REMAPPING_ENTRIES -> "IRTEs" + (pool.getUnit() == null ? "" : " " + pool.getUnit());
      case OTHER -> "other";
    };
  }
}
