package dev.irqledger.agent.observe;

import static dev.irqledger.agent.observe.ObservedFixture.ONE;
import static dev.irqledger.agent.observe.ObservedFixture.TWO;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.Bdf;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Two processes, each with its own device: neither is told otherwise for the other's sake. */
class InterleavedCallsProperties {
  record Step(boolean first, int start, int count, int fd) {
    String call() {
      return fd == 0
          ? ObservedFixture.DISABLE
          : ObservedFixture.arms(start, count, (fd + ",").repeat(count));
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of(true, false),
            Arbitraries.integers().between(0, 5),
            Arbitraries.integers().between(1, 3),
            Arbitraries.integers().between(0, 4))
        .as(Step::new)
        .list()
        .ofMaxSize(30);
  }

  private static List<String> lines(ObservedFixture host, List<Step> steps, boolean first) {
    Bdf device = first ? ONE : TWO;
    int thread = first ? 7 : 8;
    List<String> lines = new ArrayList<>();
    for (Step step : steps) {
      if (step.first() == first) {
        lines.add(host.enters(thread, device, step.call()));
        lines.add(host.returns(thread));
      }
    }
    return lines;
  }

  private static String alone(List<Step> steps, boolean first) {
    ObservedFixture host = new ObservedFixture();
    host.prints(lines(host, steps, first).toArray(String[]::new));
    drain(host);
    return ObservedFixture.shape(host.state(first ? ONE : TWO).interrupts());
  }

  private static void drain(ObservedFixture host) {
    Observer observer = host.probing();
    do {
      observer.step();
    } while (!host.text.isEmpty());
  }

  @Property(tries = 300)
  void each_device_ends_as_it_does_alone(
      @ForAll("steps") List<Step> steps, @ForAll List<Boolean> turns) {
    ObservedFixture host = new ObservedFixture();
    List<String> one = lines(host, steps, true);
    List<String> two = lines(host, steps, false);
    for (boolean turn : turns) {
      List<String> next = turn ? one : two;
      if (!next.isEmpty()) {
        host.prints(next.removeFirst());
      }
    }
    host.prints(one.toArray(String[]::new));
    host.prints(two.toArray(String[]::new));
    drain(host);
    assertEquals(steps.size(), host.told.size());
    assertEquals(alone(steps, true), ObservedFixture.shape(host.state(ONE).interrupts()));
    assertEquals(alone(steps, false), ObservedFixture.shape(host.state(TWO).interrupts()));
  }
}
