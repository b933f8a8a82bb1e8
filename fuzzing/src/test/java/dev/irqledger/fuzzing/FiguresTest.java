package dev.irqledger.fuzzing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void the_last_status_counts_and_what_failed_is_kept() {
    Figures figures = Figures.NONE;
    for (String line :
        """
        INFO: Seed: 878937099
        #2\tINITED cov: 2 ft: 2 corp: 1/1b exec/s: 0 rss: 559Mb
        artifact_prefix='found/'; Test unit written to found/crash-0b81
        #59425\tDONE   cov: 2178 ft: 9012 corp: 148/12Kb lim: 4096 exec/s: 5402 rss: 553Mb
        Done 59425 runs in 11 second(s)
        """
            .lines()
            .toList()) {
      figures = figures.with(line);
    }
    assertEquals(new Figures(59_425, 5402, 2178, 148, List.of("found/crash-0b81")), figures);
    assertEquals(5942, figures.over(10).perSecond());
  }

  @Test
  void a_dictionary_has_a_word_a_line_and_no_character_that_ends_it() {
    assertEquals(
        "\"a \\x22\\x5C\\x0A\"\n\"\\xC3\\xA4\"\n", Dictionary.of(List.of("a \"\\\n", "ä")));
  }
}
