package dev.irqledger.cli;

import dev.irqledger.cli.bisect.Expression;
import dev.irqledger.cli.bisect.WrongExpression;
import dev.irqledger.core.point.Point;
import dev.irqledger.replay.Devices;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.ReplayException.Kind;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.replay.bisect.Bisection;
import dev.irqledger.replay.bisect.Turn;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.topic.HostPartitioner;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay bisect}: which event made a condition true. */
@Command(
    name = "bisect",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Find the event at which a condition on the states became true: it must be false at --good"
          + " and true at --bad.",
      "",
      "By halving, which computes few states, however long the log. Where the condition comes and"
          + " goes between the points, what is found is one of its changes to true, perhaps not the"
          + " first. --first looks at every event after --good and finds the very first; there"
          + " --bad only ends the search.",
      "",
      "EXPRESSION is in the Common Expression Language (CEL), without macros, on:",
      "  host(\"hv-1\")  and  total()",
      "      .armed .cached .reserved .allocated .devices .violations",
      "  device(\"hv-1/0000:01:00.0\")",
      "      .armed .cached .reserved .allocated .violations .epoch .sequence   numbers",
      "      .mode \"NONE\", \"INTX\", \"MSI\" or \"MSIX\"; .open .uncertain true or false",
      "  vector(\"hv-1/0000:01:00.0\", 3)",
      "      .phase \"FREE\", \"RESERVED\", \"ARMED\" or \"CACHED\"; .irq .trigger numbers",
      "Of what the log has nothing yet: 0, \"NONE\", \"FREE\", false, and -1 for a trigger.",
      "",
      "Of one host, the order is that of its partition; of several, that of log time, then"
          + " partition, then offset.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:found",
      "1:found, but records that could not be read were passed over",
      "2:wrong usage, no such form of a point, or a wrong expression",
      "3:no broker answers",
      "4:the topic is missing",
      "5:the condition is already true at --good or never becomes true, the log does not hold a"
          + " point, or was cut",
      "6:the archive is not there, or is damaged"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger replay bisect --good earliest --bad latest 'host(\"hv-1\").cached > 300'",
      "  irq-ledger replay bisect --first --good earliest \\",
      "      'device(\"hv-1/0000:01:00.0\").violations > 0' --archive incident-7",
      "  irq-ledger replay bisect --good time:2026-11-22T14:00:00Z --host hv-1 \\",
      "      'vector(\"hv-1/0000:01:00.0\", 3).phase == \"CACHED\"'"
    })
public final class BisectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SourceOptions source = new SourceOptions();

  @Option(
      names = "--good",
      paramLabel = "POINT",
      required = true,
      converter = PointConverter.class,
      description = "Where the condition is false, as replay --help has points.")
  private Point good;

  @Option(
      names = "--bad",
      paramLabel = "POINT",
      defaultValue = "latest",
      converter = PointConverter.class,
      description = "Where it is true (default: ${DEFAULT-VALUE}).")
  private Point bad;

  @Option(names = "--first", description = "The very first event at which it is true.")
  private boolean first;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "Only devices of that host. An expression that names one host needs no --host.")
  private @Nullable String host;

  @Mixin private OutputOption output = new OutputOption();

  @Parameters(paramLabel = "EXPRESSION", description = "The condition; quote it for the shell.")
  private String expression;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    Expression condition;
    try {
      condition = Expression.of(expression);
    } catch (WrongExpression e) {
      err.println("irq-ledger: EXPRESSION, column " + e.column() + ": " + e.getMessage());
      err.println(e.shown());
      return ExitCode.USAGE;
    }
    @Nullable String only = onlyHost(condition);
    Image after = source.read((log, codec) -> search(log, codec, condition, only), err);
    return PassedOver.report(after, spec.commandLine());
  }

  /** The host whose partition alone is searched; null for all. */
  private @Nullable String onlyHost(Expression condition) {
    for (String named : condition.hosts()) {
      if (host != null && !named.equals(host)) {
        throw new ReplayException(
            Kind.WRONG_USE,
            "the expression names host " + named + ", and --host says " + host + ": drop one");
      }
    }
    boolean one = condition.hosts().size() == 1 && !condition.asksAll();
    return one ? condition.hosts().iterator().next() : host;
  }

  private Image search(
      LogSource log, EventCodec codec, Expression condition, @Nullable String only) {
    PointResolver resolver = new PointResolver(log, codec, InstantSource.system());
    ResolvedPoint from = resolver.resolve(good, only);
    ResolvedPoint to = resolver.resolve(bad, only);
    int count = from.partitions();
    Predicate<Integer> partitions =
        only == null ? _ -> true : p -> p == HostPartitioner.partition(only, count);
    Bisection bisection =
        new Bisection(
            log,
            codec,
            new Devices(only, null),
            partitions,
            condition,
            new Progress(
                    first ? "records looked at" : "states computed", spec.commandLine().getErr())
                ::at);
    Turn turn = first ? bisection.first(from, to) : bisection.change(from, to);
    BisectReport report = new BisectReport(bisection, turn, condition);
    switch (output.format()) {
      case table -> report.print(spec.commandLine().getOut());
      case json -> report.json(spec.commandLine().getOut());
    }
    return turn.after();
  }
}
