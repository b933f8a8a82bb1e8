package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.junit.jupiter.api.Assumptions;

/** The example of a consumer in Node, with the library that it needs. */
final class NodeExample {
  /** Set where the tests must run: the CI script sees to it that Node is there. */
  private static final String REQUIRED = "IRQ_LEDGER_REQUIRE_NODE";

  private static final Logger LOG = Logger.getLogger(NodeExample.class.getName());
  private static final Path FOLDER = Path.of("..", "docs", "examples", "node");
  private static final long PATIENCE_SECONDS = 120;

  private NodeExample() {}

  /**
   * The example, ready to run. Where Node, npm or the library cannot be had, the test ends here: as
   * failed where the environment demands that it runs, else as left out.
   */
  static NodeExample prepared() throws IOException, InterruptedException {
    NodeExample example = new NodeExample();
    if (!Files.exists(FOLDER.resolve("node_modules").resolve("avsc"))) {
      example.leaveOutUnlessDone("npm", "ci", "--no-audit", "--no-fund");
    }
    example.leaveOutUnlessDone("node", "--version");
    return example;
  }

  private void leaveOutUnlessDone(String... command) throws InterruptedException {
    String why;
    try {
      Path said = Files.createTempFile("irq-ledger-node", ".log");
      try {
        int code = run(said, said, command);
        if (code == 0) {
          return;
        }
        why = "ended with " + code + ": " + Files.readString(said).strip();
      } finally {
        Files.delete(said);
      }
    } catch (IOException e) {
      why = String.valueOf(e.getMessage());
    }
    String message =
        "The tests with Node cannot run, since \"%s\" %s. They need Node 18 or later and npm."
            .formatted(String.join(" ", command), why);
    if (System.getenv(REQUIRED) != null) {
      fail(message);
    }
    LOG.severe(message);
    Assumptions.abort(message);
  }

  /** The lines that the example prints for a file of records. */
  List<String> decode(Path records) throws IOException, InterruptedException {
    Path out = records.resolveSibling("decoded.jsonl");
    Path err = records.resolveSibling("decoded.err");
    int code = run(out, err, "node", "decode.js", records.toAbsolutePath().toString());
    assertEquals(0, code, Files.readString(err));
    return Files.readAllLines(out);
  }

  private static int run(Path out, Path err, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectErrorStream(out.equals(err))
            .redirectOutput(out.toFile())
            .redirectError(
                out.equals(err)
                    ? ProcessBuilder.Redirect.PIPE
                    : ProcessBuilder.Redirect.to(err.toFile()))
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    assertTrue(process.waitFor(10, TimeUnit.SECONDS), () -> "did not end: " + List.of(command));
    return process.exitValue();
  }
}
