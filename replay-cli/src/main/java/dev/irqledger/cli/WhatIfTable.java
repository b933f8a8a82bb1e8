package dev.irqledger.cli;

import dev.irqledger.core.policy.Pool;
import dev.irqledger.core.whatif.PoolSizes;
import dev.irqledger.recordings.PrintableText;
import dev.irqledger.replay.whatif.Cost;
import dev.irqledger.replay.whatif.HostAccount;
import dev.irqledger.replay.whatif.Latencies;
import dev.irqledger.replay.whatif.Mark;
import dev.irqledger.replay.whatif.Peak;
import dev.irqledger.replay.whatif.PolicyName;
import dev.irqledger.replay.whatif.Shortage;
import dev.irqledger.replay.whatif.Side;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalLong;

/** What would have been, for people. */
record WhatIfTable(PrintWriter out) {
  void print(WhatIfReport report) {
    out.println("point   " + report.point());
    out.println("policy  " + PolicyName.of(report.policy()));
    report.added().forEach((device, count) -> out.println("added   " + device + " x " + count));
    report.hosts().forEach(this::host);
    if (report.hosts().size() > 1) {
      out.println();
      out.println("all " + report.hosts().size() + " hosts");
      out.println(
          shortages(
              report.shortages(Side.LOG),
              report.shortages(Side.POLICY),
              report.shortages(Shortage.Kind.AVOIDED),
              report.shortages(Shortage.Kind.CAUSED),
              report.shortages(Shortage.Kind.OF_ADDED)));
      cost(report.cost());
    }
  }

  private void host(String name, HostAccount host) {
    out.println();
    out.println(name);
    row("POOL", "SIZE", "PEAK IN THE LOG", "PEAK UNDER THE POLICY");
    for (Pool pool : Pool.values()) {
      row(
          name(pool),
          size(pool, host.sizes()),
          peak(host.peak(Side.LOG, pool)),
          peak(host.peak(Side.POLICY, pool)));
    }
    row("idle irqs", "-", peak(host.idle(Side.LOG)), peak(host.idle(Side.POLICY)));
    out.println(
        shortages(
            host.shortages().count(Side.LOG),
            host.shortages().count(Side.POLICY),
            host.shortages().count(Shortage.Kind.AVOIDED),
            host.shortages().count(Shortage.Kind.CAUSED),
            host.shortages().count(Shortage.Kind.OF_ADDED)));
    for (Shortage shortage : host.shortages().told()) {
      out.println(
          "    %-8s %s, %s".formatted(kind(shortage), event(shortage.at()), name(shortage.pool())));
    }
    cost(host.cost());
    Mark parting = host.parting();
    out.println(
        parting == null
            ? "  parted at    no event: both histories are the same"
            : "  parted at    " + event(parting));
  }

  private void row(String... cells) {
    out.println("  %-12s %-8s %-20s %s".formatted((Object[]) cells).stripTrailing());
  }

  static String name(Pool pool) {
    return switch (pool) {
      case CPU_VECTORS -> "CPU vectors";
      case REMAPPING_ENTRIES -> "IRTEs";
    };
  }

  private static String size(Pool pool, PoolSizes sizes) {
    Integer size = sizes.of(pool);
    return size == null ? "no end" : size.toString();
  }

  private static String peak(Peak peak) {
    Mark at = peak.at();
    return peak.most() + (at == null ? "" : " at " + place(at));
  }

  private static String place(Mark at) {
    return at.position().partition() + "@" + at.position().offset();
  }

  private static String event(Mark at) {
    return place(at)
        + " "
        + at.event().device().bdf()
        + " "
        + PrintableText.of(Words.what(at.event().body()))
        + " = "
        + Words.result(at.event().body());
  }

  private static String kind(Shortage shortage) {
    return shortage.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String shortages(long log, long policy, long avoided, long caused, long ofAdded) {
    return "  found empty  "
        + log
        + " times in the log, "
        + policy
        + " under the policy: "
        + avoided
        + " avoided, "
        + caused
        + " caused"
        + (ofAdded == 0 ? "" : "; " + ofAdded + " of added devices");
  }

  private void cost(Cost cost) {
    OptionalLong estimate = cost.estimateNanos();
    out.println(
        "  again        "
            + cost.allocatedAgain()
            + " irqs allocated that were still there in the log"
            + (cost.allocatedAgain() == 0
                ? ""
                : estimate.isEmpty()
                    ? "; what that takes was not measured"
                    : ", about " + millis(estimate.getAsLong())));
    measured("an irq allocated", cost.allocating());
    measured("a cached irq armed again", cost.rearming());
  }

  private void measured(String what, Latencies latencies) {
    OptionalLong median = latencies.medianNanos();
    out.println(
        "    "
            + what
            + ": "
            + (median.isEmpty()
                ? "not measured"
                : millis(median.getAsLong())
                    + " in the median of "
                    + latencies.irqs()
                    + ", "
                    + millis(latencies.sumNanos())
                    + " for all"));
  }

  private static String millis(long nanos) {
    return "%.3f ms".formatted(nanos / 1e6);
  }
}
