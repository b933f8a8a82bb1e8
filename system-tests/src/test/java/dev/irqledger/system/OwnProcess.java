package dev.irqledger.system;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Starts {@code irq-ledger} in a process of its own, that it may be killed. */
final class OwnProcess {
  /**
   * What a shell starts in the background ignores Ctrl-C, and so does all that it starts: the tests
   * would wait for ever. (GNU coreutils from 8.31 on.)
   */
  private static final List<String> JVM =
      List.of(
          "env",
          "--default-signal=INT,QUIT",
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-Xmx384m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private static final List<String> MAIN =
      List.of("-cp", System.getProperty("java.class.path"), "dev.irqledger.standalone.Main");

  private OwnProcess() {}

  /** The words that start one; what it puts into the folder for temporary files goes there. */
  static List<String> command(Path temporary, String... arguments) {
    List<String> all = new ArrayList<>(JVM);
    all.add("-Djava.io.tmpdir=" + temporary);
    all.addAll(MAIN);
    all.addAll(List.of(arguments));
    return all;
  }

  /** What programs left in that folder for temporary files. */
  static List<String> leftBehind(Path temporary) throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      // libraries unpack native code there, under names of their own
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("irq-ledger"))
          .toList();
    }
  }

  /**
   * Starts one.
   *
   * @param messages where its messages are added; what it prints is dropped
   */
  static Process start(File messages, List<String> command, String... arguments)
      throws IOException {
    List<String> all = new ArrayList<>(JVM);
    all.addAll(MAIN);
    all.addAll(command);
    all.addAll(List.of(arguments));
    return new ProcessBuilder(all)
        .redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.appendTo(messages))
        .start();
  }
}
