package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DemoTest {
  @Test
  void the_whole_system_runs_in_one_process_and_replay_agrees_with_it() {
    CommandRun run = CommandRun.of("demo");
    assertEquals(0, run.code(), run.out() + run.err());
    assertEquals("", run.err());
    assertTrue(run.out().contains("CACHE_KEEPS_IRQ"), run.out());
    assertTrue(run.out().contains("replay and live state agree"), run.out());
    assertTrue(run.out().contains("387"), run.out());
  }
}
