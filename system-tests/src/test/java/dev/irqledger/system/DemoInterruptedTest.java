package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whenever it is told to end, the demonstration ends in order and leaves nothing behind. */
class DemoInterruptedTest {
  private static final int TERMINATED = 128 + 15;
  @TempDir private Path temporary;
  @TempDir private Path errors;

  @ParameterizedTest
  @ValueSource(strings = {"Starting the system", "  broker", "  service", "  hv-2"})
  void it_removes_everything(String once) throws IOException, InterruptedException {
    Path stderr = errors.resolve("stderr");
    Process demo =
        new ProcessBuilder(OwnProcess.command(temporary, "demo"))
            .redirectError(stderr.toFile())
            .start();
    try (BufferedReader out = demo.inputReader()) {
      String line = out.readLine();
      while (line != null && !line.startsWith(once)) {
        line = out.readLine();
      }
      demo.destroy();
      assertTrue(demo.waitFor(60, TimeUnit.SECONDS));
    } finally {
      demo.destroyForcibly();
    }
    assertEquals(TERMINATED, demo.exitValue());
    assertEquals("", Files.readString(stderr));
    assertEquals(List.of(), OwnProcess.leftBehind(temporary));
  }
}
