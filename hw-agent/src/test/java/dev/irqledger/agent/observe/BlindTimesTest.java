package dev.irqledger.agent.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BlindTimesTest {
  @Test
  void of_very_many_blind_times_the_eldest_are_told_as_one() {
    BlindTimes times = new BlindTimes();
    for (int i = 0; i <= BlindTimes.MOST; i++) {
      times.add(10L * i, 10L * i + 5, "loss " + i);
    }
    List<Coverage.Blind> kept = times.intervals();
    assertEquals(BlindTimes.MOST, kept.size());
    assertEquals(new Coverage.Blind(0, OptionalLong.of(15), "several losses"), kept.getFirst());
    assertEquals(10L * BlindTimes.MOST, kept.getLast().fromMicros());
  }
}
