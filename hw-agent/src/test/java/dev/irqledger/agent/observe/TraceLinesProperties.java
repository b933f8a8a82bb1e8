package dev.irqledger.agent.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;

class TraceLinesProperties {
  @Property(tries = 300)
  void lines_are_the_same_wherever_the_text_is_cut(
      @ForAll List<@AlphaChars String> lines, @ForAll @IntRange(min = 1, max = 9) int piece) {
    byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    List<String> found = new ArrayList<>();
    TraceLines cut = new TraceLines();
    for (int from = 0; from < text.length; from += piece) {
      byte[] part = Arrays.copyOfRange(text, from, Math.min(text.length, from + piece));
      cut.take(part, part.length, found::add);
    }
    assertEquals(lines.isEmpty() ? List.of("") : lines, found);
  }
}
