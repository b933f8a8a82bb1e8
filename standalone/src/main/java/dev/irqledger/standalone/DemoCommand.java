package dev.irqledger.standalone;

import dev.irqledger.cli.ExitCode;
import dev.irqledger.cli.TemporaryFolder;
import dev.irqledger.web.http.HttpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: the whole system in one process. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Run the whole system in this process, and show what it is for.",
      "",
      "A real Apache Kafka broker on free loopback ports, the ledger service, and three modelled"
          + " hosts: one plays the calls that QEMU made while a guest booted, one runs out of CPU"
          + " vectors as a recorded host did, and one has a kernel that breaks a rule. All data goes"
          + " to a temporary folder, which is removed at the end.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all was shown, and replay and live state agree",
      "1:they disagree, or the planted breach was not found",
      "70:something did not come about in time",
      "130, 143:interrupted or terminated, after everything was closed and removed"
    })
final class DemoCommand implements Callable<Integer> {
  /** What shells expect of a program that Ctrl-C ended. */
  @Spec private CommandSpec spec;

  @Option(
      names = "--keep",
      description = "Keep everything running until Ctrl-C, to look at it with other commands.")
  private boolean keep;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "Where the web console is served with --keep, 0 for any port that is free (default: "
              + HttpSettings.DEFAULT_PORT
              + ", or any where that is in use).")
  private @Nullable Integer port;

  @Override
  public Integer call() throws IOException, TimeoutException {
    try (Interruptible shutdown = new Interruptible()) { // closed last: the JVM waits for it
      try {
        return run(shutdown);
      } catch (InterruptedException e) {
        return ExitCode.INTERRUPTED;
      } catch (RuntimeException | Error e) {
        if (shutdown.asked()) {
          return ExitCode
              .INTERRUPTED; // Kafka's classes cannot be initialised while the JVM is ending
        }
        throw e;
      }
    }
  }

  /** The port that was asked for, else the usual one, else any. */
  private int port() {
    if (port != null) {
      return port;
    }
    try (ServerSocket usual =
        new ServerSocket(HttpSettings.DEFAULT_PORT, 1, InetAddress.getLoopbackAddress())) {
      return usual.getLocalPort();
    } catch (IOException e) {
      return 0; // another program has it
    }
  }

  private int run(Interruptible shutdown)
      throws IOException, TimeoutException, InterruptedException {
    Screen screen = new Screen(spec.commandLine());
    try (TemporaryFolder folder = TemporaryFolder.create("irq-ledger-demo");
        Demo demo = Demo.start(folder.path(), screen, shutdown)) {
      boolean sound = demo.run();
      if (keep) {
        screen.line("");
        screen.line("Kept running; Ctrl-C ends it. In a browser on this machine:");
        screen.line("  " + demo.serve(port()));
        screen.line("In another terminal:");
        screen.line("  ./irq-ledger replay state -b " + demo.bootstrapServers());
        shutdown.awaitEnd();
      }
      return sound ? ExitCode.OK : ExitCode.FOUND;
    }
  }
}
