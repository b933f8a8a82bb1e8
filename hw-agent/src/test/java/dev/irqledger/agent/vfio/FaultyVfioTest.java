package dev.irqledger.agent.vfio;

import static dev.irqledger.agent.Fixtures.NVME;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.agent.Fixtures;
import dev.irqledger.agent.LogReader;
import dev.irqledger.agent.act.OpExecutor;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.recordings.OpScript;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.EventSealer;
import dev.irqledger.wire.KnownHeads;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultyVfioTest {
  private static final int VECTOR = 1;

  private static LogReader run(String script) {
    LogReader log = new LogReader();
    EventSealer sealer = new EventSealer(EventCodec.releasedOnly(), 1, "", KnownHeads.FIRST_EPOCH);
    try (Vfio vfio = new FaultyVfio(Fixtures.host().startProcess(), NVME, VECTOR);
        OpExecutor executor = new OpExecutor(vfio, NVME, Fixtures::words)) {
      script
          .lines()
          .forEach(line ->
              log.read(
                  sealer
                      .seal(
                          UUID.randomUUID(),
                          new DeviceKey(Fixtures.HOST, NVME),
                          Source.AGENT_CALL,
                          Actor.UNKNOWN,
                          0,
                          executor.execute(OpScript.parse(line)))
                      .bytes()));
    }
    return log;
  }

  @Test
  void removing_the_chosen_vectors_trigger_breaks_the_cache_rule_once_and_no_other_rule() {
    LogReader log =
        run(
            """
            open
            set 2 0 3 eventfd trigger e0,e1,e2
            set 2 1 1 eventfd trigger -1
            set 2 1 1 eventfd trigger e1
            set 2 0 3 eventfd trigger -1,-1,-1
            reset
            set 2 0 0 none trigger
            set 2 0 3 eventfd trigger e0,e1,e2
            close
            """);
    assertEquals(List.of(Rule.CACHE_KEEPS_IRQ), log.brokenRules());
    assertEquals(List.of(VECTOR), log.violations().get(0).vectors());
    assertEquals(3, log.violations().get(0).sequence());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "open\nset 2 0 3 eventfd trigger -1,-1,-1\nset 2 0 3 eventfd trigger e0,e1,e2",
        "open\nset 2 0 1 eventfd trigger e0\nset 2 0 2 eventfd trigger -1,-1",
        "open\nset 2 0 3 eventfd trigger e0,e1,e2\nset 2 2 1 eventfd trigger -1",
        "open\nset 2 0 3 eventfd trigger e0,e1,e2\nset 2 0 3 eventfd trigger b,-1,-1",
        "open\nset 2 0 3 eventfd trigger e0,e1,e2\nset 3 0 1 eventfd trigger e3\nclose"
      })
  void whatever_keeps_that_trigger_or_has_none_to_remove_breaks_nothing(String script) {
    assertEquals(List.of(), run(script).brokenRules());
  }
}
