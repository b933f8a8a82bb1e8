package dev.irqledger.system;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code irq-ledger agent serve} in a process of its own, which is told to end at last. */
record AgentProcess(Process process) {
  private static final long PATIENCE_SECONDS = 60;
  private static final int REFUSED = 8;

  /**
   * Starts one.
   *
   * @param messages where its messages go; its journal is beside them
   */
  static AgentProcess serve(File messages, String... arguments) throws IOException {
    String stateDir = messages.toPath().resolveSibling("state").toString();
    return new AgentProcess(
        OwnProcess.start(messages, List.of("agent", "serve", "--state-dir", stateDir), arguments));
  }

  /** Waits until it takes commands; what was sent before it did is not for it. */
  void awaitListening(TestBroker broker, String host) {
    String nothingThere = "command send --timeout 2s reset -d " + host + "/0000:77:00.0";
    while (CommandRun.at(broker, nothingThere).code() != REFUSED) {
      if (!runs()) {
        throw new IllegalStateException("the agent has ended");
      }
    }
  }

  boolean runs() {
    return process.isAlive();
  }

  /** Tells it to end, and waits until it has. */
  void end() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the agent did not end");
    }
  }
}
