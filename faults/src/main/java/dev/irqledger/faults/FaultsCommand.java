package dev.irqledger.faults;

import dev.irqledger.faults.Node.Kind;
import dev.irqledger.launch.DurationText;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The faults as a command. */
@Command(
    name = "faults/run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Run three brokers, two services and three agents as processes, let things happen to them at"
          + " random while they work, and see that nothing is lost.",
      "",
      "What happens: kill -9, orderly restarts, SIGSTOP and SIGCONT, a cut network, a full disk, and"
          + " rolling restarts of the brokers. Each process has a network and a disk of its own, in"
          + " namespaces that end with this program.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all converged, and nothing was lost",
      "1:something is not as it must be: it is told, and where the messages are",
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  faults/run                      ten minutes, from a new seed",
      "  faults/run --for 1m --seed 42   the same decisions again"
    })
public final class FaultsCommand implements Callable<Integer> {
  private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);
  private static final long ASKS_AGAIN_MS = 200;

  @Spec private CommandSpec spec;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "10m",
      converter = DurationText.Converter.class,
      description = "How long things happen, such as 90s or 10m (default: ${DEFAULT-VALUE}).")
  private Duration time;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides what happens, when and to whom (default: one that the clock gives).")
  private @Nullable Long seed;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "20",
      description = "Operations a second of each agent, on average (default: ${DEFAULT-VALUE}).")
  private double rate;

  /** Ends with the exit code. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new FaultsCommand()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    long chosen = seed == null ? System.currentTimeMillis() : seed;
    Path folder =
        Files.createDirectories(
            Path.of(System.getProperty("irq-ledger.faults.folder", "."))
                .resolve(
                    chosen
                        + "-"
                        + ProcessHandle.current()
                            .info()
                            .startInstant()
                            .map(start -> Long.toString(start.getEpochSecond()))
                            .orElse("0")));
    out.printf(
        "seed %d, %s; messages of the processes are in %s%n",
        chosen, DurationText.ofSeconds(time.toSeconds()), folder);
    List<String> faults;
    try (ScheduledExecutorService supervisor = Executors.newSingleThreadScheduledExecutor()) {
      Deployment deployment = new Deployment(folder, supervisor);
      try {
        faults = run(deployment, time, chosen, out);
      } finally {
        for (Node node : deployment.nodes()) {
          node.kill();
        }
      }
    }
    faults.forEach(fault -> out.println("NOT AS IT MUST BE: " + fault));
    out.println(
        faults.isEmpty()
            ? "seed " + chosen + ": all has converged, and nothing is lost"
            : "seed " + chosen + ": " + faults.size() + " faults; messages are in " + folder);
    out.flush();
    return faults.isEmpty() ? 0 : 1;
  }

  private List<String> run(Deployment deployment, Duration time, long chosen, PrintWriter out)
      throws IOException, InterruptedException {
    Telling telling = new Telling(out);
    Random random = new Random(chosen);
    try (BrokerHealth brokers =
        new BrokerHealth(deployment.bootstrap(), (int) deployment.all(Kind.BROKER).count())) {
      startAll(deployment, brokers, telling);
      Map<Node, Guests> guests = new LinkedHashMap<>();
      deployment
          .all(Kind.AGENT)
          .forEach(agent ->
              guests.put(
                  agent,
                  new Guests(
                      Deployment.journal(agent), Deployment.DEVICES, rate, random.nextLong())));
      Upheaval upheaval = new Upheaval(deployment, brokers, random.nextLong(), telling);
      upheaval.run(time);
      telling.tell("all is made good again; the load ends");
      for (Guests load : guests.values()) {
        load.end();
      }
      brokers.awaitWhole();
      List<String> faults;
      try {
        faults = new Verdict(deployment, telling).of(guests);
      } catch (IOException e) {
        new Inquest(deployment, telling).hold();
        throw e;
      }
      upheaval.counts().forEach((what, times) -> out.printf("%5d  %s%n", times, what));
      deployment
          .nodes()
          .forEach(
              node -> out.printf("%5d  ends of %s by itself%n", node.endsByItself(), node.name()));
      return faults;
    }
  }

  private static void startAll(Deployment deployment, BrokerHealth brokers, Telling telling)
      throws IOException, InterruptedException {
    for (Node broker : deployment.all(Kind.BROKER).toList()) {
      broker.start();
    }
    brokers.awaitWhole();
    telling.tell("the brokers are there");
    for (Node service : deployment.all(Kind.SERVICE).toList()) {
      service.start();
      awaitListening(service);
    }
    for (Node agent : deployment.all(Kind.AGENT).toList()) {
      agent.start();
    }
    telling.tell("services and agents are started");
  }

  /** One service makes the topics; the next one must not be faster. */
  private static void awaitListening(Node service) throws IOException, InterruptedException {
    long end = System.nanoTime() + STARTS_WITHIN.toNanos();
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(service.address(), 8571), 1_000);
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw new IOException(service.name() + " does not listen; see " + service.messages(), e);
        }
      }
      TimeUnit.MILLISECONDS.sleep(ASKS_AGAIN_MS);
    }
  }
}
