package dev.irqledger.system;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** An instance of the service in a process of its own. */
record ServiceProcess(Process process) {
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

  boolean runs() {
    return process.isAlive();
  }
}
