package dev.irqledger.service.cli;

import dev.irqledger.service.live.LiveApi.Served;
import dev.irqledger.web.http.HttpException;
import dev.irqledger.web.http.Readiness;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code service check}: whether the instance on this machine can answer questions. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Ask the instance that these options, this environment and this file configure whether it can"
          + " answer questions.",
      "",
      "For health checks of containers, and for scripts that wait. It asks /readyz where other"
          + " instances would, so with TLS the certificate must fit that address; no token is"
          + " needed.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it can",
      "1:it cannot yet, such as while it restores its state, or nobody answers",
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger service check",
      "  until irq-ledger service check --config /etc/irq-ledger/service.properties; do sleep 1; done"
    })
public final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** So that the command line takes them; {@link Configured} says which values hold. */
  @SuppressWarnings("UnusedVariable")
  @Mixin
  private HttpOptions http = new HttpOptions();

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How long to wait for an answer: 1 to 3600 (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Override
  public Integer call() throws InterruptedException {
    if (seconds < 1 || seconds > 3600) {
      throw new ParameterException(spec.commandLine(), "--wait: 1 to 3600");
    }
    Served served =
        config
            .fill(spec.commandLine(), new HttpOptions())
            .options()
            .served(spec.commandLine())
            .orElseThrow(() ->
                new ParameterException(
                    spec.commandLine(), "the instance serves no HTTP: --http-listen is off"));
    PrintWriter err = spec.commandLine().getErr();
    try {
      Readiness found =
          Readiness.ask(served.settings(), served.authority(), Duration.ofSeconds(seconds));
      err.println("irq-ledger: " + found.told());
      return found.ready() ? ExitCode.OK : ExitCode.NOT_READY;
    } catch (HttpException e) {
      err.println("irq-ledger: " + e.getMessage());
      return ExitCode.USAGE;
    }
  }
}
