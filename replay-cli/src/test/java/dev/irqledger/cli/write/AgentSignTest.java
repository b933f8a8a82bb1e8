package dev.irqledger.cli.write;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentSignTest {
  private static final Instant NOW = Instant.parse("2026-11-22T14:34:12Z");

  @ParameterizedTest
  @CsvSource({
    "4,is 4 s old (epoch 9): it runs",
    "35,is 35 s old (epoch 9): it runs",
    "36,is 36 s old (epoch 9): it seems to be down",
    "7199,is 119 minutes old",
    "7200,is 2 hours old",
    "864000,is 10 days old",
    "-5,is ahead of this clock by 5s (epoch 9): it runs"
  })
  void the_age_tells_whether_the_agent_runs(long seconds, String said) {
    String text = AgentSign.explain(new AgentSign(9, NOW.minusSeconds(seconds)), "hv-1", NOW);
    assertTrue(text.contains(said), text);
  }

  @Test
  void an_agent_that_was_never_seen_is_a_matter_of_its_name_or_of_starting_it() {
    String text = AgentSign.explain(null, "hv-1", NOW);
    assertTrue(text.contains("no agent of hv-1 ever gave a sign of life: check the name"), text);
    assertTrue(text.contains("agent serve --host hv-1"), text);
  }
}
