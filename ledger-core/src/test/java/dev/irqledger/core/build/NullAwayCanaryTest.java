package dev.irqledger.core.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Proves that NullAway is alive on this JDK under the very options the build compiles with: it
 * refuses a source that returns null where none may be, and takes the same source without it.
 */
class NullAwayCanaryTest {
  private static final List<String> OPENED =
      List.of("api", "file", "main", "model", "parser", "processing", "tree", "util");

  @TempDir private Path folder;

  @Test
  void aNullWhereNoneMayBeIsRefused() throws Exception {
    Compilation compilation = compile("return null;");

    assertNotEquals(0, compilation.exitCode(), compilation.output());
    assertTrue(compilation.output().contains("[NullAway]"), compilation.output());
  }

  @Test
  void theSameSourceWithoutTheNullCompiles() throws Exception {
    Compilation compilation = compile("return \"\";");

    assertEquals(0, compilation.exitCode(), compilation.output());
    assertFalse(compilation.output().contains("[NullAway]"), compilation.output());
  }

  private Compilation compile(String statement) throws IOException, InterruptedException {
    Path source = folder.resolve("Canary.java");
    Files.writeString(
        source,
        """
        package dev.irqledger.canary;

        final class Canary {
          private Canary() {}

          static String song() {
            %s
          }
        }
        """
            .formatted(statement));
    Path log = folder.resolve("javac.log");

    Process javac =
        new ProcessBuilder(command(source))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertTrue(javac.waitFor(2, TimeUnit.MINUTES), "javac has not ended");
    } finally {
      javac.destroyForcibly();
    }
    return new Compilation(
        javac.exitValue(), new String(Files.readAllBytes(log), StandardCharsets.UTF_8));
  }

  private List<String> command(Path source) {
    String classPath = property("java.class.path");
    List<String> command = new ArrayList<>();
    command.add(Path.of(property("java.home"), "bin", "javac").toString());
    for (String name : OPENED) {
      command.add("-J--add-exports=jdk.compiler/com.sun.tools.javac." + name + "=ALL-UNNAMED");
    }
    command.add("-J--add-opens=jdk.compiler/com.sun.tools.javac.code=ALL-UNNAMED");
    command.add("-J--add-opens=jdk.compiler/com.sun.tools.javac.comp=ALL-UNNAMED");
    command.add("-XDcompilePolicy=simple");
    command.add("--should-stop=ifError=FLOW");
    command.add("-proc:none");
    command.add("-implicit:none");
    command.add("-processorpath");
    command.add(classPath);
    command.add("-cp");
    command.add(classPath);
    command.add("-d");
    command.add(folder.toString());
    command.add(property("irqledger.errorprone"));
    command.add(source.toString());
    return command;
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not set: run this test through Maven");
    }
    return value;
  }

  private record Compilation(int exitCode, String output) {}
}
