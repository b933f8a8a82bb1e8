package dev.irqledger.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.event.KernelView.Seen;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Also for states that no kernel would show, nothing that a trace says may be lost: what an opening
 * cannot carry, the next event does.
 */
class TraceEventsProperties {
  private static final TraceHeader HEADER =
      new TraceHeader(1, KernelRelease.UNKNOWN, "any", new Bdf("0000:01:00.0"), null);

  @Property
  void the_views_of_any_steps_add_up_to_what_each_step_shows(
      @ForAll("steps") List<TraceStep> steps) {
    ViewReader views = new ViewReader();
    Shown before = Shown.NOTHING;
    for (TraceStep step : steps) {
      TraceEvents.Told event = TraceEvents.of(HEADER, before, step);
      views.take(event.body());
      before = event.told();
      assertEquals(before, new Shown(views.mode(), views.irqs()));
      if (!(step.op() instanceof Op.Open)) {
        assertEquals(Shown.after(step), before);
      }
    }
  }

  @Provide
  Arbitrary<List<TraceStep>> steps() {
    Arbitrary<String> ops =
        Arbitraries.of(
            "open",
            "close",
            "reset",
            "set 2 0 0 none trigger",
            "set 1 0 0 none trigger",
            "set 0 0 1 eventfd trigger e0",
            "set 2 3 2 eventfd trigger e0,-1",
            "set 1 0 2 eventfd trigger e0,e1",
            "set 2 2 4294967295 none trigger",
            "set 3 0 1 eventfd trigger e5");
    return Combinators.combine(
            ops, Arbitraries.of(0, -22, 3), Arbitraries.of(InterruptMode.values()), irqs())
        .as(TraceEventsProperties::step)
        .list()
        .ofMaxSize(12);
  }

  private static Arbitrary<List<Seen>> irqs() {
    return Arbitraries.maps(
            Arbitraries.oneOf(Arbitraries.integers().between(0, 8), Arbitraries.just(2047)),
            Combinators.combine(Arbitraries.integers().between(33, 35), Arbitraries.of(true, false))
                .as(Tuple::of))
        .ofMaxSize(6)
        .map(seen ->
            seen.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> new Seen(e.getKey(), e.getValue().get1(), e.getValue().get2()))
                .toList());
  }

  private static TraceStep step(String op, int ret, InterruptMode mode, List<Seen> irqs) {
    return new TraceStep(2, 0, op, OpScript.parse(op), ret, 0, mode, irqs, Map.of(), null);
  }
}
