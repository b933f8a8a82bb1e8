package dev.irqledger.cli;

import dev.irqledger.core.point.Point;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.wire.EventCodec;
import java.time.InstantSource;
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
      "5:the log does not hold the point, the log was cut, or no such device"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger replay history -d hv-1/0000:01:00.0",
      "  irq-ledger replay history -d hv-1/0000:01:00.0 --vector 3 -o json"
    })
public final class HistoryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LogOptions log = new LogOptions();
  @Mixin private Selection selection = new Selection();

  @Option(
      names = "--vector",
      paramLabel = "N",
      description = "Only what changed that vector, 0 to 2047.")
  private @Nullable Integer vector;

  @Option(
      names = "--at",
      paramLabel = "POINT",
      defaultValue = "latest",
      converter = PointConverter.class,
      description = "Up to that point (default: ${DEFAULT-VALUE}).")
  private Point point = Point.LATEST;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "table",
      description =
          "${COMPLETION-CANDIDATES}: json prints one object a line (default: ${DEFAULT-VALUE}).")
  private OutputFormat output = OutputFormat.table;

  @Override
  public Integer call() {
    if (!selection.namesDevice()) {
      throw new ParameterException(
          spec.commandLine(), "Missing required option: '--device=DEVICE'");
    }
    if (vector != null && (vector < 0 || vector > 2047)) {
      throw new ParameterException(spec.commandLine(), "--vector is 0 to 2047, not " + vector);
    }
    try (LogSource source = log.open()) {
      EventCodec codec = log.codec();
      ResolvedPoint resolved =
          new PointResolver(source, codec, InstantSource.system()).resolve(point, selection.host());
      Replayer.Observer rows =
          switch (output) {
            case table -> new HistoryTable(spec.commandLine().getOut(), vector);
            case json -> new HistoryJson(spec.commandLine().getOut(), vector);
          };
      Image image =
          new Replayer(source, codec)
              .replay(
                  resolved, selection.devices(), selection.partitions(resolved.partitions()), rows);
      selection.requireFound(image);
      return PassedOver.report(image, spec.commandLine());
    }
  }
}
