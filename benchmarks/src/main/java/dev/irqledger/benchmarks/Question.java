package dev.irqledger.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of {@code irq-ledger} as a process of its own, from its start to its end.
 *
 * @param millis how long it took
 * @param folded how many events it folded
 * @param bytes what it read of the archive
 */
record Question(double millis, long folded, long bytes) {
  private static final Pattern STATS =
      Pattern.compile("(\\d+) events folded, (\\d+) bytes read of the archive");

  private static final int NOT_SEEN = 5;

  /**
   * Asks.
   *
   * @throws IOException if it could not be run, or has no answer
   */
  static Question ask(String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    command.add("--stats");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    double millis = (System.nanoTime() - start) / 1e6;
    Matcher stats = STATS.matcher(said);
    // a device that was not seen yet is an answer too
    if ((code != 0 && code != NOT_SEEN) || !stats.find()) {
      throw new IOException(command + " ended with " + code + ": " + said.strip());
    }
    return new Question(millis, Long.parseLong(stats.group(1)), Long.parseLong(stats.group(2)));
  }
}
