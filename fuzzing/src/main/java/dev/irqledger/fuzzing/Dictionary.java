package dev.irqledger.fuzzing;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Words as libFuzzer reads them: one a line in quotes, all but plain characters as {@code \xNN}.
 */
final class Dictionary {
  private Dictionary() {}

  static String of(List<String> words) {
    StringBuilder text = new StringBuilder();
    for (String word : words) {
      text.append('"');
      for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
        boolean plain = b >= ' ' && b < 0x7f && b != '"' && b != '\\';
        text.append(plain ? Character.toString(b) : "\\x%02X".formatted(b & 0xff));
      }
      text.append("\"\n");
    }
    return text.toString();
  }
}
