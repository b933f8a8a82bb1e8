package dev.irqledger.service.cli;

import dev.irqledger.replay.ReplayException;
import dev.irqledger.service.LedgerService;
import dev.irqledger.service.ServiceException;
import dev.irqledger.service.ServiceSettings;
import dev.irqledger.service.live.LiveApi;
import dev.irqledger.service.live.LiveApi.Served;
import dev.irqledger.web.http.HttpException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code service run}: one instance, until it is told to end. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Run one instance of the service until Ctrl-C or SIGTERM.",
      "",
      "Creates the topics that are missing, then folds irq.events into irq.device-state,"
          + " irq.violations and irq.host-pressure. Records that cannot be read go to"
          + " irq.quarantine. Instances with the same --application-id share the work.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "2:wrong usage, an address for HTTP that cannot be listened at, or an archive of another log",
      "3:no broker answers",
      "4:the topics are missing or set up wrongly, or the broker refused",
      "6:the state directory cannot be used",
      "70:the service ended by itself",
      "130, 143:ended cleanly by Ctrl-C or SIGTERM"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger service run",
      "  irq-ledger service run -b kafka-1:9092,kafka-2:9092 --state-dir /var/lib/irq-ledger",
      "  irq-ledger service run --config /etc/irq-ledger/service.properties --print-config",
      "  irq-ledger service run --http-listen 0.0.0.0:8571 --http-advertise ledger-1:8571"
          + " --http-token-file token"
    })
public final class RunCommand implements Callable<Integer> {
  private static final Duration FIRST_NEWS = Duration.ofSeconds(30);

  @Spec private CommandSpec spec;

  /** So that the command line takes them; {@link Configured} says which values hold. */
  @SuppressWarnings("UnusedVariable")
  @Mixin
  private RunOptions options = new RunOptions();

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--print-config",
      description = "Print the values that hold and where each is from, secrets hidden, and end.")
  private boolean printConfig;

  private volatile LogFormat logFormat = LogFormat.TEXT;

  @Override
  public Integer call() throws InterruptedException {
    Configured<RunOptions> configured = config.fill(spec.commandLine(), new RunOptions());
    Optional<Served> served = configured.options().served(spec.commandLine());
    ServiceSettings plain = configured.options().settings(spec.commandLine());
    ServiceSettings settings =
        served.map(at -> plain.withApplicationServer(at.authority())).orElse(plain);
    if (printConfig) {
      print(configured);
      return ExitCode.OK;
    }
    logFormat = configured.options().logFormat();
    logFormat.begin();
    try (LedgerService service = LedgerService.start(settings);
        LiveApi api = LiveApi.start(service, settings, served)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(service, api), "end-of-service"));
      say("starting on " + settings.bootstrapServers() + ", state in " + settings.stateDir());
      api.address().ifPresent(at -> say("answering at " + at));
      announce(service);
      service.awaitStopped();
      return ExitCode.OK;
    } catch (ServiceException e) {
      say(Level.SEVERE, String.valueOf(e.getMessage()));
      return ExitCode.of(e);
    } catch (ReplayException e) {
      say(Level.SEVERE, "--http-archive: " + e.getMessage());
      return ExitCode.USAGE;
    } catch (HttpException e) {
      say(Level.SEVERE, String.valueOf(e.getMessage()));
      return ExitCode.USAGE;
    }
  }

  private void print(Configured<RunOptions> configured) {
    List<Configured.Value> values = configured.values();
    int keys = values.stream().mapToInt(value -> value.key().length()).max().orElse(1);
    int widest = values.stream().mapToInt(value -> value.value().length()).max().orElse(1);
    PrintWriter out = spec.commandLine().getOut();
    values.forEach(value ->
        out.printf(
            "%-" + keys + "s  %-" + widest + "s  %s%n", value.key(), value.value(), value.from()));
    out.flush();
  }

  private void announce(LedgerService service) throws InterruptedException {
    while (!service.awaitRunning(FIRST_NEWS)) {
      if (service.stopped()) {
        return;
      }
      say("the state is still being restored");
    }
    say("running; Ctrl-C ends it");
  }

  private void end(LedgerService service, LiveApi api) {
    api.close();
    if (service.running()) {
      say("ending: what is folded is being committed");
    }
    service.close();
  }

  private void say(String line) {
    say(Level.INFO, line);
  }

  private void say(Level level, String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.print(logFormat.line(level, line));
    err.flush();
  }
}
