package dev.irqledger.cli;

import dev.irqledger.replay.Image;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code replay state}: the vector maps at a point. */
@Command(
    name = "state",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Show which vectors each device held at a point.",
      "",
      "The point is resolved to offsets once; they are printed, so that the same answer can be had"
          + " again with --at.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:records that could not be read were passed over",
      "2:wrong usage, or no such form of a point",
      "3:no broker answers",
      "4:the topic is missing",
      "5:the log does not hold the point, the log was cut, or no such device",
      "6:the archive is not there, or is damaged"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger replay state --host hv-1",
      "  irq-ledger replay state --at time:2026-11-22T14:34:12Z -d hv-1/0000:01:00.0",
      "  irq-ledger replay state --host hv-1 --at offset:0@41 -o json",
      "  irq-ledger replay state --archive incident-7 --host hv-1"
    })
public final class StateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PastOptions past = new PastOptions();

  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    Image image = past.state(spec.commandLine().getErr());
    switch (output.format()) {
      case table -> new StateTable(spec.commandLine()).print(image);
      case json -> StateJson.print(image, spec.commandLine().getOut());
    }
    return PassedOver.report(image, spec.commandLine());
  }
}
