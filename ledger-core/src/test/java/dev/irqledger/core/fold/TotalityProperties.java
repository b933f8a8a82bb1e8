package dev.irqledger.core.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.state.Tally;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TotalityProperties {
  @Provide
  Arbitrary<List<InterruptEvent>> garbage() {
    return GarbageArbitraries.events().list().ofMaxSize(25);
  }

  @Provide
  Arbitrary<List<EventBody>> garbageInOrder() {
    return GarbageArbitraries.bodies().list().ofMaxSize(25);
  }

  @Property(tries = 1000)
  void garbage_in_no_order_is_applied_or_marked_and_never_rejected(
      @ForAll("garbage") List<InterruptEvent> events) {
    Folding folding = Folding.of(events);
    Tally tally = folding.state().tally();
    long applied = folding.each().stream().filter(Folded::applied).count();
    assertEquals(applied, tally.events());
    assertEquals(folding.violations().size(), tally.violations());
    assertTrue(tally.events() + tally.redeliveries() <= events.size());
  }

  @Property(tries = 2000)
  void garbage_in_good_order_is_applied_one_by_one(
      @ForAll("garbageInOrder") List<EventBody> bodies) {
    LogWriter writer = new LogWriter();
    bodies.forEach(body -> writer.write(body, 1));
    Folding folding = Folding.of(writer.events());
    assertEquals(bodies.size(), folding.state().tally().events());
    assertEquals(folding, Folding.of(writer.events()));
  }
}
