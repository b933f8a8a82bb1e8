package dev.irqledger.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Commands of the operating system, each of which must succeed. */
final class SystemCommand {
  private SystemCommand() {}

  /**
   * Runs one and waits for it.
   *
   * @throws IOException if it ends with anything but 0; its message is the exception's
   */
  static void run(String... words) throws IOException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException(
            String.join(" ", List.of(words)) + " ended with " + code + ": " + said.strip());
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
