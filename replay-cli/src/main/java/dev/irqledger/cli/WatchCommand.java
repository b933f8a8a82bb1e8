package dev.irqledger.cli;

import dev.irqledger.core.point.Point;
import dev.irqledger.replay.DeviceFold;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.wire.EventCodec;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code replay watch}: the history as it is written. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Show what happens, as replay history has it, until Ctrl-C.",
      "",
      "The states at --from are folded first, so that each line says what its event changed. An"
          + " event is shown within about a second after it is in Kafka.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:whoever read the output has closed it, as head does",
      "2:wrong usage, no such form of a point, or an archive",
      "3:no broker answers, or none any more",
      "4:the topic is missing",
      "5:the log does not hold the point, or was cut",
      "130:ended with Ctrl-C"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger replay watch --host hv-1",
      "  irq-ledger replay watch -d hv-1/0000:01:00.0 --vector 3 -o json",
      "  irq-ledger replay watch --from time:2026-11-22T14:00:00Z | head"
    })
public final class WatchCommand implements Callable<Integer> {
  /** Short against what a person notices, long against what a look at the log's end costs. */
  private static final long PAUSE_MS = 300;

  @Spec private CommandSpec spec;
  @Mixin private SourceOptions source = new SourceOptions();
  @Mixin private Selection selection = new Selection();

  @Option(
      names = "--vector",
      paramLabel = "N",
      description = "Only what changes that vector, 0 to 2047.")
  private @Nullable Integer vector;

  @Option(
      names = "--from",
      paramLabel = "POINT",
      defaultValue = "latest",
      converter = PointConverter.class,
      description = "Begin after that point (default: ${DEFAULT-VALUE}).")
  private Point from;

  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    if (source.isArchive()) {
      throw new ParameterException(
          spec.commandLine(), "--archive: nothing more happens there; take replay history");
    }
    if (vector != null && (vector < 0 || vector > 2047)) {
      throw new ParameterException(spec.commandLine(), "--vector is 0 to 2047, not " + vector);
    }
    selection.requireConsistent();
    try (LogSource log = source.kafka().open()) {
      return watch(log, source.kafka().codec());
    }
  }

  private int watch(LogSource log, EventCodec codec) {
    ResolvedPoint begin =
        new PointResolver(log, codec, InstantSource.system()).resolve(from, selection.host());
    Predicate<Integer> partitions = selection.partitions(begin.partitions());
    Image image = new Replayer(log, codec).state(begin, selection.devices(), partitions);
    DeviceFold fold = new DeviceFold(codec, selection.devices(), lines());
    fold.begin(image);
    spec.commandLine().getErr().println("irq-ledger: watching after " + begin.token());
    SortedMap<Integer, Long> next = new TreeMap<>();
    begin.last().forEach((partition, last) -> next.put(partition, last + 1));
    next.keySet().removeIf(partitions.negate());
    return follow(log, fold, next);
  }

  private Replayer.Observer lines() {
    PrintWriter out = spec.commandLine().getOut();
    VectorFilter filter = new VectorFilter(vector);
    return switch (output.format()) {
      case table ->
          new HistoryTable(out, filter, selection.namesDevice() && selection.host() != null);
      case json -> new HistoryJson(out, filter);
    };
  }

  /** Folds what is new, again and again, until nobody reads what is written or this is ended. */
  private int follow(LogSource log, DeviceFold fold, SortedMap<Integer, Long> next) {
    PrintWriter out = spec.commandLine().getOut();
    long unreadable = 0;
    while (!out.checkError()) {
      SortedMap<Integer, Long> last = new TreeMap<>();
      log.ranges()
          .forEach((partition, range) -> {
            Long wanted = next.get(partition);
            if (wanted != null && range.end() > wanted) {
              last.put(partition, range.end() - 1);
            }
          });
      if (!last.isEmpty()) {
        log.read(next, last, record -> fold.accept(record) && !out.checkError());
        last.forEach((partition, offset) -> next.put(partition, offset + 1));
        unreadable = tellUnreadable(fold.unreadable(), unreadable);
      } else if (!paused()) {
        return ExitCode.INTERRUPTED;
      }
    }
    return ExitCode.OK;
  }

  private long tellUnreadable(Image.Unreadable unreadable, long told) {
    if (unreadable.count() > told) {
      spec.commandLine()
          .getErr()
          .println(
              "irq-ledger: "
                  + unreadable.count()
                  + " records so far could not be read and were passed over; the first: "
                  + unreadable.first());
    }
    return unreadable.count();
  }

  private static boolean paused() {
    try {
      Thread.sleep(PAUSE_MS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
