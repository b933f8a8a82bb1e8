package dev.irqledger.cli;

import dev.irqledger.cli.report.ReportPage;
import dev.irqledger.core.point.Point;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.replay.timeline.Timeline;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code replay report}: what happened between two points, as a page to send around. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Write what happened between two points into one HTML file that needs nothing else: the pools"
          + " over time, the biggest holders, findings and empty pools, and the life of each"
          + " vector.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:records that could not be read were passed over",
      "2:wrong usage, or no such form of a point",
      "3:no broker answers",
      "4:the topic is missing",
      "5:the log does not hold a point, the log was cut, or no such device",
      "6:the archive is not there, or is damaged",
      "7:the file cannot be written"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger replay report --host hv-1 --out hv-1.html",
      "  irq-ledger replay report --archive incident-7 -d hv-1/0000:01:00.0 \\",
      "      --from time:2026-11-22T14:00:00Z --to time:2026-11-22T15:00:00Z --out report.html"
    })
public final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SourceOptions source = new SourceOptions();
  @Mixin private Selection selection = new Selection();

  @Option(
      names = "--from",
      paramLabel = "POINT",
      defaultValue = "earliest",
      converter = PointConverter.class,
      description = "What happened after that point (default: ${DEFAULT-VALUE}).")
  private Point from = new Point.Earliest();

  @Option(
      names = "--to",
      paramLabel = "POINT",
      defaultValue = "latest",
      converter = PointConverter.class,
      description = "Up to that one (default: ${DEFAULT-VALUE}).")
  private Point to = Point.LATEST;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The page; a file that is there is replaced.")
  private Path out;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    Past past = new Past(source, selection, err);
    ResolvedPoint begin = past.stateOrNothing(from).point();
    Timeline timeline = new Timeline(begin);
    Image image = past.replay(to, timeline);
    ReportPage page = new ReportPage(selection.words(), begin.token(), timeline, image);
    try (Writer writer = Files.newBufferedWriter(out)) {
      page.write(writer);
    } catch (IOException e) {
      throw OutputException.of(out, e);
    }
    spec.commandLine().getOut().println(out + ": " + timeline.events() + " events");
    return PassedOver.report(image, spec.commandLine());
  }
}
