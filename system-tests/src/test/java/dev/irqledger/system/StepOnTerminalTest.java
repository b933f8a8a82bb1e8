package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code replay step} on a terminal of its own, which {@code script} of util-linux makes: however
 * it ends, the screen that was there before comes back.
 */
class StepOnTerminalTest {
  private static final Path ARCHIVE =
      Path.of("src", "test", "resources", "golden", "recorded").toAbsolutePath();

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String SHOWN = "\033[?1049h";
  private static final String RESTORED = "\033[?1049l";

  @TempDir private Path temporary;

  @ParameterizedTest
  @CsvSource({"'q', 0", "'\003', 130", "'\004', 0", "INT, 130", "TERM, 143"})
  void the_screen_comes_back(String ending, int code) throws Exception {
    Process process = start();
    Future<?> tooLate = endIn(PATIENCE, process);
    StringBuilder screen = new StringBuilder();
    try {
      awaitText(process, screen, "event 15 of 15");
      type(process, "p");
      awaitText(process, screen, "event 14 of 15");
      if (ending.length() == 1) {
        type(process, ending);
      } else {
        signal(process, ending);
      }
      screen.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    } finally {
      tooLate.cancel(false);
      end(process);
    }
    assertEquals(code, process.exitValue());
    assertEquals(screen.indexOf(SHOWN), screen.lastIndexOf(SHOWN));
    String after = screen.substring(screen.indexOf(RESTORED) + RESTORED.length());
    assertTrue(screen.indexOf(RESTORED) > screen.indexOf("event 14 of 15"), screen.toString());
    assertEquals("", after.replaceAll("\033\\[[0-9;?]*[a-zA-Z]", "").strip());
    assertEquals(List.of(), OwnProcess.leftBehind(temporary));
  }

  /** Reading what a process prints cannot be interrupted: the process has to end. */
  private static Future<?> endIn(Duration time, Process process) {
    Executor later = CompletableFuture.delayedExecutor(time.toSeconds(), TimeUnit.SECONDS);
    return CompletableFuture.runAsync(() -> end(process), later);
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private Process start() throws IOException {
    String command =
        OwnProcess.command(
                temporary,
                "replay",
                "step",
                "--archive",
                ARCHIVE.toString(),
                "-d",
                "hv-2/0000:01:00.0")
            .stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    ProcessBuilder builder =
        new ProcessBuilder(
                "script",
                "--quiet",
                "--flush",
                "--return",
                "--command",
                "stty rows 26 cols 130; exec " + command,
                "/dev/null")
            .redirectErrorStream(true);
    builder.environment().put("TERM", "xterm-256color");
    return builder.start();
  }

  private static void awaitText(Process process, StringBuilder screen, String text)
      throws IOException {
    InputStream in = process.getInputStream();
    byte[] part = new byte[1 << 14];
    while (screen.indexOf(text) < 0) {
      int read = in.read(part);
      assertTrue(read > 0, () -> "it ended without '" + text + "': " + screen);
      screen.append(new String(part, 0, read, StandardCharsets.UTF_8));
    }
  }

  private static void type(Process process, String keys) throws IOException {
    OutputStream to = process.getOutputStream();
    to.write(keys.getBytes(StandardCharsets.US_ASCII));
    to.flush();
  }

  private static void signal(Process process, String signal) throws Exception {
    long java =
        process
            .descendants()
            .filter(each -> each.info().command().orElse("").endsWith("/java"))
            .findFirst()
            .orElseThrow()
            .pid();
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(java)).start();
    assertEquals(0, kill.waitFor());
  }
}
