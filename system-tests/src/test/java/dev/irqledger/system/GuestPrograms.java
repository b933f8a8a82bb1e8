package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a virtual machine runs: the packaged program, and C programs compiled for it. */
final class GuestPrograms {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path SOURCES = Path.of("vm", "guest").toAbsolutePath();

  private GuestPrograms() {}

  /** The launcher of the packaged program. */
  static String launcher() {
    assertTrue(
        Files.exists(ROOT.resolve("standalone/target/app/irq-ledger.jar")),
        "the program is not packaged: run mvn -Pvm verify");
    return ROOT.resolve("irq-ledger").toString();
  }

  static String script(String name) {
    return SOURCES.resolve(name).toString();
  }

  /** Compiles {@code vm/guest/NAME.c}, in a folder that no other JVM of the tests writes to. */
  static String compiled(String name) throws IOException, InterruptedException {
    String ofThisJvm = Long.toString(ProcessHandle.current().pid());
    Path folder = Files.createDirectories(Path.of("target", "guest", ofThisJvm).toAbsolutePath());
    Path program = folder.resolve(name);
    Process gcc =
        new ProcessBuilder(
                List.of(
                    "gcc",
                    "-O2",
                    "-Wall",
                    "-Wextra",
                    "-Werror",
                    "-o",
                    program.toString(),
                    SOURCES.resolve(name + ".c").toString()))
            .redirectErrorStream(true)
            .start();
    String said = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, gcc.waitFor(), said);
    return program.toString();
  }
}
