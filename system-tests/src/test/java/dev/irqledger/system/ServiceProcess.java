package dev.irqledger.system;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An instance of the service in a process of its own. */
record ServiceProcess(Process process) {
  private static final long PATIENCE_SECONDS = 60;

  /**
   * Starts one.
   *
   * @param messages where its messages are added
   * @param stateDir where its state is
   */
  static ServiceProcess run(File messages, Path stateDir, String... arguments) throws IOException {
    return new ServiceProcess(
        OwnProcess.start(
            messages, List.of("service", "run", "--state-dir", stateDir.toString()), arguments));
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /**
   * Tells it to end (SIGTERM), and waits until it has.
   *
   * @return its exit code
   */
  int end() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the service did not end");
    }
    return process.exitValue();
  }

  boolean runs() {
    return process.isAlive();
  }
}
