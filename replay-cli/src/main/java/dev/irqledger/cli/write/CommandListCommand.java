package dev.irqledger.cli.write;

import dev.irqledger.cli.Cluster;
import dev.irqledger.cli.ExitCode;
import dev.irqledger.cli.LogOptions;
import dev.irqledger.cli.OutputOption;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code command ls}: which commands there were, and what came of them. */
@Command(
    name = "ls",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "List commands and what came of them, the newest last.",
      "",
      "done: the kernel returned 0. failed: it returned an error, or had fewer irqs to give. refused:"
          + " the agent did not carry it out, and says why. pending: no answer yet. expired: no"
          + " answer, and too late for one.",
      "",
      "JSON: " + RequestJson.FIELDS,
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, also where there is none",
      "1:records that could not be read were passed over",
      "2:wrong usage",
      "3:no broker answers",
      "4:a topic is missing"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger command ls",
      "  irq-ledger command ls --host hv-1 --since 1h -o json",
      "  irq-ledger command ls -d hv-1/0000:01:00.0 --since 2026-11-22T14:34:12Z --limit 10"
    })
public final class CommandListCommand implements Callable<Integer> {
  private static final int MOST = 10_000;

  private final InstantSource clock = InstantSource.system();

  @Spec private CommandSpec spec;
  @Mixin private LogOptions log = new LogOptions();
  @Mixin private TargetOptions target = new TargetOptions();

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      defaultValue = "24h",
      converter = Moment.Converter.class,
      description =
          "Sent from then on: 1h ago, or 2026-11-22T14:34:12Z (default: ${DEFAULT-VALUE}). Commands"
              + " are kept for a week.")
  private Moment since;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "The latest so many, 1 to 10000 (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    if (limit < 1 || limit > MOST) {
      throw new ParameterException(
          spec.commandLine(), "--limit is 1 to " + MOST + ", not " + limit);
    }
    String host = target.host();
    String address = target.address();
    Cluster cluster = log.cluster();
    PrintWriter err = spec.commandLine().getErr();
    try (TopicReader reader = new TopicReader(cluster)) {
      RequestLog requests = new RequestLog(reader, cluster.lookups(), err);
      List<Request> found =
          requests.latest(
              since.before(clock.instant()),
              host,
              command -> is(host, command.getHost()) && is(address, command.getDevice()),
              limit);
      print(found, clock.instant());
      return report(requests.unreadable(), err);
    }
  }

  private static int report(long unreadable, PrintWriter err) {
    if (unreadable > 0) {
      err.println(
          "irq-ledger: "
              + unreadable
              + (unreadable == 1 ? " record" : " records")
              + " could not be read, passed over");
    }
    return unreadable > 0 ? ExitCode.FOUND : ExitCode.OK;
  }

  private static boolean is(@Nullable String wanted, String name) {
    return wanted == null || wanted.equals(name);
  }

  private void print(List<Request> found, Instant now) {
    PrintWriter out = spec.commandLine().getOut();
    switch (output.format()) {
      case table -> {
        if (found.isEmpty()) {
          spec.commandLine().getErr().println("irq-ledger: no command since " + since.before(now));
        } else {
          RequestText.head(out);
        }
        found.forEach(request -> RequestText.row(request, now, out));
      }
      case json -> found.forEach(request -> RequestJson.print(request, now, out));
    }
  }
}
