package dev.irqledger.core.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.IrqSetData;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.rule.CallArbitraries;
import dev.irqledger.core.rule.Life;
import dev.irqledger.core.rule.StateText;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Interrupts;
import dev.irqledger.core.state.Tally;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

class LedgerProperties {
  @Provide
  Arbitrary<Life> lives() {
    return CallArbitraries.lives(40);
  }

  @Property(tries = 1500)
  void what_an_agent_writes_adds_up_to_exactly_what_the_kernel_did(@ForAll("lives") Life life) {
    List<Life.Step> steps = life.steps();
    Folding folding = Folding.of(LogWriter.write(life, Witness.LOOKING));
    for (int i = 0; i < steps.size(); i++) {
      assertEquals(List.of(), folding.each().get(i).violations());
      DeviceState state = folding.each().get(i).state();
      assertEquals(steps.get(i).after().interrupts(), state.interrupts());
      assertEquals(steps.get(i).after().profile(), state.profile());
      assertEquals(null, state.uncertainty());
    }
  }

  @StatisticsReport(onFailureOnly = true)
  @Property(tries = 1500)
  void what_was_seen_of_calls_alone_is_right_wherever_it_is_certain(@ForAll("lives") Life life) {
    List<Life.Step> steps = life.steps();
    Folding folding = Folding.of(LogWriter.write(life, Witness.SEEING_CALLS));
    for (int i = 0; i < steps.size(); i++) {
      assertEquals(List.of(), folding.each().get(i).violations());
      DeviceState state = folding.each().get(i).state();
      if (!state.uncertain()) {
        DeviceState truth = steps.get(i).after();
        assertEquals(StateText.of(truth), StateText.of(state));
        assertEquals(withoutIrqs(truth.interrupts()), state.interrupts());
      }
    }
    Statistics.collect(folding.state().uncertain());
    Statistics.coverage(ends -> {
      ends.check(false).percentage(share -> share > 50);
      ends.check(true).count(times -> times > 0);
    });
  }

  @Property(tries = 500)
  void descriptors_that_nobody_saw_are_no_breach(
      @ForAll("lives") Life life,
      @ForAll Witness witness,
      @ForAll @IntRange(min = 1, max = 3) int seen) {
    LogWriter writer = new LogWriter();
    life.steps().forEach(s -> writer.write(inPart(witness.tell(s), seen), s.micros()));
    Folding folding = Folding.of(writer.events());
    assertEquals(List.of(), folding.violations());
    DeviceState truth = life.steps().getLast().after();
    if (witness == Witness.LOOKING) {
      assertEquals(
          StateText.phases(truth.interrupts().vectors()),
          StateText.phases(folding.state().interrupts().vectors()));
    }
  }

  @Property(tries = 1000)
  void an_opening_that_nobody_saw_makes_no_breach(
      @ForAll("lives") Life life, @ForAll Witness witness) {
    LogWriter writer = new LogWriter();
    life.steps().stream().skip(1).forEach(s -> writer.write(witness.tell(s), s.micros()));
    assertEquals(List.of(), Folding.of(writer.events()).violations());
  }

  /** The report of an observer who copies no more than so many descriptors, one at least. */
  private static EventBody inPart(EventBody honest, int seen) {
    return honest instanceof InterruptsSet(SetIrqs call, var result, var latency, var after)
            && call.data() instanceof IrqSetData.Eventfds fds
            && fds.length() > seen
        ? new InterruptsSet(
            new SetIrqs(
                call.index(),
                call.start(),
                call.count(),
                call.flags(),
                IrqSetData.Eventfds.seenInPart(Arrays.copyOf(fds.toArray(), seen), fds.length())),
            result,
            latency,
            after)
        : honest;
  }

  @Property
  void folding_may_stop_anywhere_and_go_on(@ForAll("lives") Life life) {
    List<InterruptEvent> events = LogWriter.write(life, Witness.LOOKING);
    Folding whole = Folding.of(events);
    for (int split = 0; split <= events.size(); split++) {
      Folding prefix = Folding.of(events.subList(0, split));
      Folding rest = Folding.of(prefix.state(), events.subList(split, events.size()));
      assertEquals(whole.each().subList(split, events.size()), rest.each());
    }
  }

  @Property
  void an_event_delivered_twice_counts_once(@ForAll("lives") Life life) {
    List<InterruptEvent> events = LogWriter.write(life, Witness.LOOKING);
    List<InterruptEvent> twice = new ArrayList<>();
    events.forEach(event -> twice.addAll(List.of(event, event)));
    DeviceState once = Folding.of(events).state();
    Tally tally = new Tally(events.size(), events.size(), 0);
    assertEquals(once.with(tally), Folding.of(twice).state());
  }

  @Property
  void the_changes_are_exactly_what_the_kernel_changed(@ForAll("lives") Life life) {
    List<Life.Step> steps = life.steps();
    Folding folding = Folding.of(LogWriter.write(life, Witness.LOOKING));
    for (int i = 0; i < steps.size(); i++) {
      assertEquals(steps.get(i).outcome().changes(), folding.each().get(i).changes());
    }
  }

  private static Interrupts withoutIrqs(Interrupts interrupts) {
    VectorMap vectors = interrupts.vectors();
    for (int v = vectors.next(0); v >= 0; v = vectors.next(v + 1)) {
      vectors = vectors.with(v, vectors.get(v).withIrq(VectorState.IRQ_UNKNOWN));
    }
    return interrupts.withVectors(vectors);
  }
}
