package dev.irqledger.system;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code irq-ledger agent serve} in a process of its own, which is told to end at last. */
record AgentProcess(Process process) {
  private static final long PATIENCE_SECONDS = 60;

  /**
   * Starts one.
   *
   * @param messages where its messages go; its journal is beside them
   */
  static AgentProcess serve(File messages, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.irqledger.standalone.Main",
                "agent",
                "serve"));
    command.addAll(List.of("--state-dir", messages.toPath().resolveSibling("state").toString()));
    command.addAll(List.of(arguments));
    return new AgentProcess(
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(messages)
            .start());
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
