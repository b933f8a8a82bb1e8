package dev.irqledger.agent.observe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of tracefs, as {@code Documentation/trace/ftrace.rst} and {@code fprobetrace.rst} of
 * the kernel describe them.
 *
 * @param root where it is mounted
 */
public record Tracefs(Path root) {
  public static final Tracefs HOST = new Tracefs(Path.of("/sys/kernel/tracing"));

  /** All dynamic events of the host, whoever made them. */
  Path dynamicEvents() {
    return root.resolve("dynamic_events");
  }

  /** A trace instance: a buffer of its own, and which events go into it. */
  Path instance(String name) {
    return root.resolve("instances").resolve(name);
  }

  Path readme() {
    return root.resolve("README");
  }

  /** The text of the file. */
  static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  /** Sets a file that holds one value. */
  static void set(Path file, String value) throws IOException {
    Files.write(file, (value + "\n").getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
  }

  /** Adds a dynamic event, or removes one with the form {@code -:GROUP/EVENT}. */
  void change(String event) throws IOException {
    // to truncate this file would remove the events of everybody
    Files.write(
        dynamicEvents(),
        (event + "\n").getBytes(StandardCharsets.US_ASCII),
        StandardOpenOption.WRITE,
        StandardOpenOption.APPEND);
  }

  /** The names of the dynamic events of a group, in the order in which they were made. */
  List<String> events(String group) throws IOException {
    List<String> names = new ArrayList<>();
    for (String line : Files.readAllLines(dynamicEvents(), StandardCharsets.UTF_8)) {
      String named = line.substring(line.indexOf(':') + 1).split("\\s", 2)[0];
      if (named.startsWith(group + "/")) {
        names.add(named.substring(group.length() + 1));
      }
    }
    return names;
  }

  /**
   * Why the kernel refused the latest definition, in its own words; empty where it says nothing.
   */
  String latestError() {
    try {
      List<String> lines = Files.readAllLines(root.resolve("error_log"), StandardCharsets.UTF_8);
      for (String line : lines.reversed()) {
        int error = line.indexOf("error: ");
        if (error >= 0) {
          return line.substring(error + "error: ".length()).strip();
        }
      }
      return "";
    } catch (IOException _) {
      return ""; // it is an explanation, and nothing depends on it
    }
  }
}
