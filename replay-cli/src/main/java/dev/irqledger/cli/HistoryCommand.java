package dev.irqledger.cli;

import dev.irqledger.replay.Image;
import dev.irqledger.replay.Replayer;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code replay history}: what happened to a device, or to one of its vectors. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "List what happened to a device: who did what, its result, and what changed.",
      "",
      "With --vector only the events are listed that changed that vector.",
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
      "  irq-ledger replay history -d hv-1/0000:01:00.0",
      "  irq-ledger replay history -d hv-1/0000:01:00.0 --vector 3 -o json",
      "  irq-ledger replay history --archive incident-7 -d hv-1/0000:01:00.0"
    })
public final class HistoryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PastOptions past = new PastOptions();

  @Option(
      names = "--vector",
      paramLabel = "N",
      description = "Only what changed that vector, 0 to 2047.")
  private @Nullable Integer vector;

  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    if (!past.selection().namesDevice()) {
      throw new ParameterException(
          spec.commandLine(), "Missing required option: '--device=DEVICE'");
    }
    if (vector != null && (vector < 0 || vector > 2047)) {
      throw new ParameterException(spec.commandLine(), "--vector is 0 to 2047, not " + vector);
    }
    VectorFilter filter = new VectorFilter(vector);
    PrintWriter out = spec.commandLine().getOut();
    Replayer.Observer rows =
        switch (output.format()) {
          case table -> new HistoryTable(out, filter);
          case json -> new HistoryJson(out, filter);
        };
    Image image = past.replay(rows, spec.commandLine().getErr());
    if (!filter.found()) {
      spec.commandLine().getErr().println("irq-ledger: no event changed vector " + vector);
    }
    return PassedOver.report(image, spec.commandLine());
  }
}
