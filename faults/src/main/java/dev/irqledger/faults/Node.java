package dev.irqledger.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process with a network and a disk of its own. One that ends by itself is started again, as
 * systemd would (Restart=always).
 */
final class Node {
  private static final long RESTARTS_AFTER_MS = 1_000;
  private static final long PATIENCE_SECONDS = 60;

  /** What it is. */
  enum Kind {
    BROKER,
    SERVICE,
    AGENT
  }

  /**
   * What it is made of.
   *
   * @param name its name, which is that of its network namespace too
   * @param address where others reach it
   * @param command what it runs
   * @param messages the file that takes what it says
   */
  record Plan(
      String name, Kind kind, String address, SmallDisk disk, List<String> command, Path messages) {
    Plan {
      command = List.copyOf(command);
    }
  }

  private final Plan plan;
  private final Network network;
  private final ScheduledExecutorService supervisor;
  private @Nullable Process process;
  private boolean wanted;
  private int endsByItself;

  Node(Plan plan, Network network, ScheduledExecutorService supervisor) {
    this.plan = plan;
    this.network = network;
    this.supervisor = supervisor;
  }

  String name() {
    return plan.name();
  }

  Kind kind() {
    return plan.kind();
  }

  String address() {
    return plan.address();
  }

  SmallDisk disk() {
    return plan.disk();
  }

  Path messages() {
    return plan.messages();
  }

  /** Starts it, if it does not run. */
  synchronized void start() throws IOException {
    wanted = true;
    if (process != null && process.isAlive()) {
      return;
    }
    List<String> command = new ArrayList<>(network.inside(plan.name()));
    command.addAll(plan.command());
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(plan.messages().toFile()))
            .start();
    process = started;
    var _ = started.onExit().thenAccept(this::ended);
  }

  private synchronized void ended(Process which) {
    if (wanted && which.equals(process)) {
      endsByItself++;
      var _ = supervisor.schedule(this::startUnlessDown, RESTARTS_AFTER_MS, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void startUnlessDown() {
    if (wanted) {
      try {
        start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** {@code kill -9}; it stays down until it is started. */
  synchronized void kill() throws InterruptedException {
    wanted = false;
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  /** SIGTERM, and what follows if it does not heed it; it stays down until it is started. */
  void end() throws InterruptedException {
    Process which;
    synchronized (this) {
      wanted = false;
      which = process;
    }
    if (which == null) {
      return;
    }
    which.destroy();
    if (!which.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      which.destroyForcibly().waitFor();
    }
  }

  /** SIGSTOP: it does nothing more, and its connections stay. */
  void halt() throws IOException {
    signal("-STOP");
  }

  /** SIGCONT: it goes on, and does not know that time has passed. */
  void resume() throws IOException {
    signal("-CONT");
  }

  /** SIGQUIT: what its threads do is among its messages soon after. */
  void dumpThreads() throws IOException {
    signal("-QUIT");
  }

  private synchronized void signal(String which) throws IOException {
    if (process != null && process.isAlive()) {
      SystemCommand.run("kill", which, Long.toString(process.pid()));
    }
  }

  void cut() throws IOException {
    network.cut(plan.name());
  }

  void mend() throws IOException {
    network.mend(plan.name());
  }

  synchronized boolean runs() {
    return process != null && process.isAlive();
  }

  /** How often it ended though nobody had told it to, such as for a full disk. */
  synchronized int endsByItself() {
    return endsByItself;
  }
}
