package dev.irqledger.agent.cli;

import dev.irqledger.agent.HostAgent;
import dev.irqledger.agent.journal.JournalException;
import dev.irqledger.agent.publish.PublishException;
import dev.irqledger.agent.socket.Reply;
import dev.irqledger.agent.sysfs.HostSetupException;
import dev.irqledger.agent.vfio.VfioException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command that asks the host's agent, or is it. Here stands what each failure is to the one who
 * typed the command: a line and an exit code.
 */
abstract class HostCommand implements Callable<Integer> {
  /** How long a shutdown waits for what is under way. */
  private static final int SHUTDOWN_SECONDS = 30;

  private final CountDownLatch ended = new CountDownLatch(1);

  abstract CommandSpec spec();

  /**
   * Does it.
   *
   * @return the exit code
   */
  abstract int run() throws IOException, InterruptedException;

  @Override
  public final Integer call() throws InterruptedException {
    try {
      return run();
    } catch (InputException e) {
      return failed(e, ExitCode.INPUT);
    } catch (PublishException e) {
      return failed(e, ExitCode.of(e));
    } catch (JournalException e) {
      return failed(e, ExitCode.JOURNAL);
    } catch (HostSetupException | VfioException e) {
      return failed(e, ExitCode.DEVICE);
    } catch (IOException e) {
      return failed(e, ExitCode.FAILED);
    } finally {
      ended.countDown();
    }
  }

  /** When the process is told to end, this is run, and what was begun is ended first. */
  final void stopAtShutdown(Runnable stop) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.run();
                  awaitEnd();
                },
                "agent-stop"));
  }

  private void awaitEnd() {
    try {
      var _ = ended.await(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A log that is set up wrongly is told now; one that does not answer may do so later. */
  final void awaitLog(HostAgent agent) throws InterruptedException {
    try {
      agent.drainer().awaitConnected();
    } catch (PublishException e) {
      if (e.kind() == PublishException.Kind.TOPICS) {
        throw e;
      }
      say(e.getMessage() + "; until then events are kept in " + agent.folder());
    }
    readPolicy(agent);
  }

  /** Before the first operation, so that none passes by an older policy. */
  final void readPolicy(HostAgent agent) throws InterruptedException {
    boolean answers = agent.log().partitions() > 0;
    Duration most = answers ? agent.patience() : Duration.ZERO;
    if (!agent.followPolicy(most) && answers) {
      say("the host's policy cannot be read now: the last known one holds until it can");
    }
  }

  /** Waits for the log at the end; the exit code says whether it has everything. */
  final int drained(HostAgent agent) throws InterruptedException {
    if (agent.awaitDrained(agent.patience())) {
      return ExitCode.OK;
    }
    say(
        agent.journal().backlog()
            + " events are still in the journal in "
            + agent.folder()
            + ": the next agent of this host brings them to the log");
    return ExitCode.KEPT;
  }

  final int failed(Reply.Failed failed) {
    say(failed.message());
    return ExitCode.of(failed);
  }

  final void say(String line) {
    spec().commandLine().getErr().println("irq-ledger: " + line);
  }

  private int failed(Exception e, int code) {
    say(String.valueOf(e.getMessage()));
    return code;
  }
}
