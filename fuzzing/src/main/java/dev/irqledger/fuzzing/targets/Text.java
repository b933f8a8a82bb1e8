package dev.irqledger.fuzzing.targets;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Input as the programs read text. */
final class Text {
  private Text() {}

  static String of(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Its lines; a line's end is a line feed alone, so that all other characters come through. */
  static List<String> lines(byte[] input) {
    return List.of(of(input).split("\n", -1));
  }
}
