package dev.irqledger.system;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.irqledger.standalone.Main",
                "service",
                "run",
                "--state-dir",
                stateDir.toString()));
    command.addAll(List.of(arguments));
    return new ServiceProcess(
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.appendTo(messages))
            .start());
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  boolean runs() {
    return process.isAlive();
  }
}
