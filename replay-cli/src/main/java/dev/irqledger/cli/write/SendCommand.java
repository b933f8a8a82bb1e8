package dev.irqledger.cli.write;

import dev.irqledger.cli.BrokerOption;
import dev.irqledger.cli.Cluster;
import dev.irqledger.cli.ExitCode;
import dev.irqledger.cli.OutputOption;
import dev.irqledger.cli.TopicOptions;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.launch.DurationText;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code command send}: ask a host's agent, and show its answer. */
@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Ask a host's agent to do something to a device, and show what came of it.",
      "",
      "The command goes to irq.commands; the agent answers with an event, which is awaited and shown:"
          + " what the kernel returned, the vectors touched, and where the event stands. Of several"
          + " operations each is sent when the one before is done; the first that is not done ends"
          + " it. Topics that are missing are created.",
      "",
      "JSON: " + RequestJson.FIELDS,
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, and the kernel returned 0; with --no-wait: sent",
      "2:wrong usage, or not an operation; nothing was sent",
      "3:no broker answers",
      "4:the topics are not as the log needs them",
      "6:the file cannot be read, or a line is no operation; nothing was sent",
      "8:the agent refused: expired, another epoch, no such device",
      "9:the kernel refused: -ENOSPC, -EINVAL, or it had fewer irqs to give",
      "10:no answer before the expiry or the timeout"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger command send --host hv-1 --device 0000:01:00.0 open \\",
      "      'set 2 0 4 eventfd trigger e0,e1,e2,e3'      arm MSI-X 0 to 3",
      "  irq-ledger command send -d hv-1/0000:01:00.0 'set 2 3 1 eventfd trigger -1'",
      "                                                   disarm vector 3",
      "  irq-ledger command send -d hv-1/0000:01:00.0 'set 2 0 0 none trigger'",
      "                                                   free every irq",
      "  irq-ledger command send -d hv-1/0000:01:00.0 -f boot.ops --expires 5m -o json",
      "  irq-ledger command send -d hv-1/0000:01:00.0 reset --dry-run"
    })
public final class SendCommand implements Callable<Integer> {
  /** How long after its expiry an agent may take to refuse a command. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** How long to wait for a broker, where the answer is awaited longer. */
  private static final Duration BROKER = Duration.ofSeconds(10);

  private final InstantSource clock = InstantSource.system();

  @Spec private CommandSpec spec;
  @Mixin private OpArguments ops = new OpArguments();
  @Mixin private TargetOptions target = new TargetOptions();
  @Mixin private CommandOptions options = new CommandOptions();
  @Mixin private BrokerOption broker = new BrokerOption();
  @Mixin private TopicOptions topics = new TopicOptions();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = DurationText.Converter.class,
      description =
          "How long to wait for each answer, but not beyond the expiry and 5 seconds (default:"
              + " ${DEFAULT-VALUE}); for a broker no longer than this and 10 seconds.")
  private Duration timeout;

  @Option(names = "--no-wait", description = "Send, and wait for no answer.")
  private boolean noWait;

  @Option(
      names = "--keep-going",
      description =
          "Go on after an operation that was refused. Without an answer it ends all the same.")
  private boolean keepGoing;

  @Option(names = "--dry-run", description = "Show what would be sent, and send nothing.")
  private boolean dryRun;

  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    DeviceKey device = target.device();
    options.check();
    if (timeout.isZero() || timeout.compareTo(Duration.ofHours(1)) > 0) {
      throw new ParameterException(spec.commandLine(), "--timeout is more than 0 and at most 1h");
    }
    List<String> wanted = ops.read();
    String warning = options.warning(clock.instant());
    if (warning != null) {
      say(warning);
    }
    return dryRun ? show(device, wanted) : sendAll(device, wanted);
  }

  private int show(DeviceKey device, List<String> wanted) {
    wanted.forEach(
        op -> print(new Request(options.command(device, op, clock.instant()), null, null)));
    say("nothing was sent: this was a dry run");
    return ExitCode.OK;
  }

  private int sendAll(DeviceKey device, List<String> wanted) {
    Duration patience = timeout.compareTo(BROKER) < 0 ? timeout : BROKER;
    Cluster cluster = new Cluster(broker.bootstrapServers(), patience, broker.kafka());
    topics.ensure(cluster, err());
    int code = ExitCode.OK;
    try (Conversation conversation = new Conversation(cluster, device, clock)) {
      for (int i = 0; i < wanted.size(); i++) {
        Instant now = clock.instant();
        Request sent = conversation.ask(options.command(device, wanted.get(i), now));
        Request answered = noWait ? sent : conversation.await(sent, deadline(sent, now));
        print(answered);
        int came = noWait ? ExitCode.OK : answered.standing(clock.instant()).exitCode();
        code = code == ExitCode.OK ? came : code;
        if (came == ExitCode.NO_ANSWER) {
          explain(cluster, device);
        }
        if (came == ExitCode.NO_ANSWER || (came != ExitCode.OK && !keepGoing)) {
          tellOfTheRest(wanted.size() - i - 1);
          return code;
        }
      }
    }
    return code;
  }

  private Instant deadline(Request sent, Instant now) {
    Instant expiry = sent.command().getExpiresAt();
    Instant refusal = (expiry.isBefore(now) ? now : expiry).plus(GRACE);
    Instant patience = now.plus(timeout);
    return refusal.isBefore(patience) ? refusal : patience;
  }

  private void explain(Cluster cluster, DeviceKey device) {
    Instant now = clock.instant();
    say(
        "no answer: "
            + AgentSign.explain(AgentSign.read(cluster, device.host(), now), device.host(), now));
  }

  private void tellOfTheRest(int count) {
    if (count > 0) {
      say((count == 1 ? "1 operation was" : count + " operations were") + " not sent any more");
    }
  }

  private void print(Request request) {
    PrintWriter out = spec.commandLine().getOut();
    Instant now = clock.instant();
    switch (output.format()) {
      case table -> RequestText.print(request, now, out);
      case json -> RequestJson.print(request, now, out);
    }
    out.flush();
  }

  private void say(String message) {
    err().println("irq-ledger: " + message);
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
