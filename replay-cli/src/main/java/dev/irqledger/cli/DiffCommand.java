package dev.irqledger.cli;

import dev.irqledger.core.point.Point;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.ImageDiff;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code replay diff}: what is other at one point than at another. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Show what changed between two points, by host, device and vector. What changed and changed"
          + " back is no difference; replay history has every step.",
      "",
      "JSON: from and to {token, logTime}, hosts [{host, from, to}], devices [{host, device, from,"
          + " to, vectors [{vector, from, to}]}]; null stands for what was not there, or is free.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, also where nothing is other",
      "1:records that could not be read were passed over",
      "2:wrong usage, or no such form of a point",
      "3:no broker answers",
      "4:the topic is missing",
      "5:the log does not hold a point, the log was cut, or no such device",
      "6:the archive is not there, or is damaged"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger replay diff --from time:2026-11-22T14:00:00Z --host hv-1",
      "  irq-ledger replay diff --from offset:0@41 --to offset:0@77 -d hv-1/0000:01:00.0 -o json",
      "  irq-ledger replay diff --archive incident-7 --from offset:0@41 --host hv-1"
    })
public final class DiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SourceOptions source = new SourceOptions();
  @Mixin private Selection selection = new Selection();

  @Option(
      names = "--from",
      paramLabel = "POINT",
      required = true,
      converter = PointConverter.class,
      description = "One point, as replay --help has them.")
  private Point from;

  @Option(
      names = "--to",
      paramLabel = "POINT",
      defaultValue = "latest",
      converter = PointConverter.class,
      description = "The other one (default: ${DEFAULT-VALUE}).")
  private Point to;

  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    Past past = new Past(source, selection, spec.commandLine().getErr());
    // 'latest' first: it must not move on while the other point is read
    Image after = past.stateOrNothing(to);
    Image before = past.stateOrNothing(from);
    if (before.devices().isEmpty() && after.devices().isEmpty()) {
      selection.requireFound(after);
    }
    DiffText text = new DiffText(before, after, ImageDiff.between(before, after));
    switch (output.format()) {
      case table -> text.print(spec.commandLine());
      case json -> text.json(spec.commandLine().getOut());
    }
    return PassedOver.report(
        before.unreadable().count() > after.unreadable().count() ? before : after,
        spec.commandLine());
  }
}
