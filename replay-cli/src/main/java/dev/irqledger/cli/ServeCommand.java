package dev.irqledger.cli;

import dev.irqledger.replay.ReplayException;
import dev.irqledger.web.ArchiveLedger;
import dev.irqledger.web.QueryException;
import dev.irqledger.web.http.BearerToken;
import dev.irqledger.web.http.FirstView;
import dev.irqledger.web.http.HttpException;
import dev.irqledger.web.http.HttpLimits;
import dev.irqledger.web.http.HttpSettings;
import dev.irqledger.web.http.LedgerHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code replay serve}: the web console over an archive. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Serve the web console and the HTTP API over an archive until Ctrl-C, without Kafka.",
      "",
      "The archive's last events are read into memory first, up to a million of them; what is"
          + " before is folded from its checkpoints when it is asked for.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "2:wrong usage, or an address that cannot be listened at",
      "6:the archive is not there, or is damaged",
      "130, 143:ended by Ctrl-C or SIGTERM"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger replay serve --archive incident-7",
      "  irq-ledger replay serve --archive incident-7 --listen 127.0.0.1:9000",
      "  irq-ledger replay serve --archive incident-7 --listen 0.0.0.0:8571 --token-file token"
    })
public final class ServeCommand implements Callable<Integer> {
  private static final Pattern ADDRESS = Pattern.compile("(.+):(\\d{1,5})");
  private static final Pattern THIS_MACHINE = Pattern.compile("localhost|127\\..*|\\[::1]");

  private static final Duration FIRST_ANSWERS_WITHIN = Duration.ofSeconds(5);

  @Spec private CommandSpec spec;

  @Option(
      names = "--archive",
      paramLabel = "DIR",
      required = true,
      description = "The archive ('replay archive pull' makes one).")
  private Path archive;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = HttpSettings.DEFAULT_HOST + ":" + HttpSettings.DEFAULT_PORT,
      description = "Where to answer; port 0 takes any that is free (default: ${DEFAULT-VALUE}).")
  private String listen;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "A file with the bearer token that clients must show; needed where others than this"
              + " machine can ask.")
  private @Nullable Path tokenFile;

  @Override
  public Integer call() throws InterruptedException {
    HttpSettings settings = settings();
    try (ArchiveLedger ledger = ArchiveLedger.open(archive)) {
      say("reading " + archive);
      ledger.past().remember();
      try (LedgerHttp http = LedgerHttp.start(settings, ledger, () -> "")) {
        FirstView.prepare(settings, http.port(), FIRST_ANSWERS_WITHIN);
        say("answering at http://" + settings.host() + ":" + http.port() + "; Ctrl-C ends it");
        new CountDownLatch(1).await();
      }
    } catch (QueryException e) {
      if (e.getCause() instanceof ReplayException cause) {
        throw cause;
      }
      throw e;
    } catch (HttpException e) {
      throw new ParameterException(spec.commandLine(), "--listen: " + e.getMessage(), e);
    }
    return ExitCode.OK;
  }

  private HttpSettings settings() {
    Matcher address = ADDRESS.matcher(listen);
    if (!address.matches() || Integer.parseInt(address.group(2)) > 65_535) {
      throw new ParameterException(spec.commandLine(), "--listen: HOST:PORT, not '" + listen + "'");
    }
    String host = address.group(1);
    BearerToken token = token();
    if (token == null && !THIS_MACHINE.matcher(host).matches()) {
      throw new ParameterException(
          spec.commandLine(),
          "--listen: others than this machine can ask at " + host + ": add --token-file FILE");
    }
    int port = Integer.parseInt(address.group(2));
    return new HttpSettings(host, port, token, null, HttpLimits.DEFAULT);
  }

  private @Nullable BearerToken token() {
    if (tokenFile == null) {
      return null;
    }
    try {
      return BearerToken.read(tokenFile);
    } catch (IOException | IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--token-file: " + tokenFile + " cannot be used: " + e.getMessage(),
          e);
    }
  }

  private void say(String line) {
    spec.commandLine().getErr().println("irq-ledger: " + line);
    spec.commandLine().getErr().flush();
  }
}
