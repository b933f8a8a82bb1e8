package dev.irqledger.service.pressure;

import dev.irqledger.core.policy.Standing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The form in which standing breaches are kept: {@code 1 ALLOCATED=256 ARMED=32}. */
public final class StandingText {
  private static final String VERSION = "1";

  private StandingText() {}

  public static byte[] format(Standing standing) {
    return standing.open().entrySet().stream()
        .map(breach -> breach.getKey() + "=" + breach.getValue())
        .collect(Collectors.joining(" ", VERSION + " ", ""))
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the kept form.
   *
   * @throws UnknownFormException if a later version of this program wrote it
   */
  public static Standing parse(byte[] kept) {
    List<String> words = List.of(new String(kept, StandardCharsets.UTF_8).split(" "));
    if (!words.getFirst().equals(VERSION)) {
      throw new UnknownFormException(
          "a standing breach", words.getFirst(), Integer.parseInt(VERSION));
    }
    SortedMap<String, Long> open = new TreeMap<>();
    for (String word : words.subList(1, words.size())) {
      int equals = word.indexOf('=');
      open.put(word.substring(0, equals), Long.valueOf(word.substring(equals + 1)));
    }
    return new Standing(open);
  }

  /** The key of a holder's breaches, with the host in front, which has no slash. */
  public static String key(String host, String kind, String name) {
    return host + '/' + kind + '/' + name;
  }
}
