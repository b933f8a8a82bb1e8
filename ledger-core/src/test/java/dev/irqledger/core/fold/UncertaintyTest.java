package dev.irqledger.core.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.rule.CallText;
import dev.irqledger.core.rule.Life;
import dev.irqledger.core.rule.StateText;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.PastUncertainty;
import dev.irqledger.core.state.Uncertainty;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UncertaintyTest {
  private static final Life LIFE =
      Life.of(KernelGeneration.DYNAMIC, 8, "msix 0 5 6 7; msix 1 -; msix 0 8 -; reset; err 9");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dynamic | msix 0 5 6 7 | msix 0 1 2 3      | -EBADF  | msix CCC   | AMBIGUOUS_CALL     |
          dynamic | msix 0 5 6 7 | msix 0 1 2 -      | -EBADF  | msix CCA   | AMBIGUOUS_CALL     |
          dynamic | msix 0 5     | msix 3 6          | -ENOSPC | msix A..R  | AMBIGUOUS_CALL     |
          dynamic | msix 0 5     | msix 0 unseen     | 0       | msix A     | AMBIGUOUS_CALL     |
          dynamic | msix 0 5     | msix 0 some       | 0       | msix A     |                    |
          dynamic | msix 0 5     | msix 3 6          | -EBADF  | msix A..R  |                    |
          dynamic | msix 0 5 6 7 | msix 1 8          | -EBADF  | msix ACA   |                    |
          dynamic | msix 0 5 6 7 | msix 0 - - 3      | -EINVAL | msix CCC   |                    |
          dynamic | msix 0 5 6 7 | msix 1 8          | -ENOSPC | msix ACA   |                    |
          dynamic |              | msix 0 5 6        | -ENOSPC | none       |                    |
          dynamic |              | msix 0 5 6        | 1       | none       |                    |
          dynamic | msix 0 5     | intx 5            | -EINVAL | msix A     |                    |
          dynamic | msix 0 5     | msix off          | -EFAULT | msix A     |                    |
          dynamic | msix 0 5     | msix off          | ?       | none       |                    |
          dynamic | intx 5       | intx 6            | -EBADF  | intx 5     |                    |
          dynamic | msix 0 5     | msix off          | 3       | msix A     | UNEXPLAINED_RESULT | RESULT_MISMATCH
          dynamic | msix 0 5     | msix 0 -          | -EINVAL | msix A     | UNEXPLAINED_RESULT | RESULT_MISMATCH
          dynamic | msix 0 5     | msi 0 6           | 0       | msix A     | UNEXPLAINED_RESULT | MODE_EXCLUSIVE
          dynamic |              | msix 0 5 6        | 2       | none       | UNEXPLAINED_RESULT | RESULT_MISMATCH
          dynamic |              | set 2 0 0 eventfd+trigger | -ENOSPC | none | UNEXPLAINED_RESULT | RESULT_MISMATCH
          dynamic | intx 5       | intx -            | -EINVAL | intx 5     | UNEXPLAINED_RESULT | RESULT_MISMATCH
          dynamic | intx 5       | intx -            | -EBADF  | intx 5     | UNEXPLAINED_RESULT | RESULT_MISMATCH
          fixed   | msix 0 5     | msix 0 6 unseen   | -EINVAL | msix C     |                    |
          fixed   | msix 0 5     | msix 0 6 7        | -EINVAL | msix C     |                    |
          fixed   | msix 0 5     | msix 1 6          | 0       | msix A     | UNEXPLAINED_RESULT | NO_GROWTH_WITHOUT_DYNAMIC
          legacy  | msix 0 5     | msix 1 6          | 0       | msix A     | UNEXPLAINED_RESULT | NO_GROWTH_WITHOUT_DYNAMIC
          legacy  | msix 0 5 6   | msix 0 6 7 8      | -EINVAL | msix AA    |                    |
          legacy  | msix 0 5 6   | msix 0 6 7 8      | -EBADF  | msix AA    | UNEXPLAINED_RESULT | RESULT_MISMATCH
          """)
  void a_call_seen_without_a_view_leaves_open_what_its_result_leaves_open(
      String generation,
      String given,
      String call,
      String result,
      String after,
      String doubt,
      String rule) {
    LogWriter writer = writer(generation, given);
    SetIrqs set = (SetIrqs) CallText.parse(call);
    writer.write(new InterruptsSet(set, result(result), 0, null), 9_000_000);
    Folding folding = Folding.of(writer.events());
    DeviceState state = folding.state();
    assertEquals(after, StateText.of(state));
    assertEquals(doubt, state.uncertain() ? state.uncertainty().reason().name() : null);
    assertEquals(rule == null ? "" : rule, rules(folding.violations()));
  }

  @Test
  void a_gap_makes_uncertain_from_its_event_on() {
    List<InterruptEvent> events = LogWriter.write(LIFE, Witness.LOOKING);
    Folding folding = Folding.of(without(events, 2));
    InterruptEvent after = events.get(3);
    Uncertainty expected =
        new Uncertainty(
            Uncertainty.Reason.EVENTS_MISSING,
            after.epoch(),
            after.sequence(),
            after.hostTimeMicros());
    assertFalse(folding.each().get(1).state().uncertain());
    assertEquals(expected, folding.each().get(2).state().uncertainty());
    assertEquals(expected, folding.state().uncertainty());
  }

  @Test
  void the_first_reason_stays() {
    LogWriter writer = new LogWriter();
    LIFE.steps().forEach(s -> writer.write(Witness.LOOKING.tell(s), s.micros()));
    writer.restartWithoutJournal().write(Witness.LOOKING.tell(LIFE.steps().getLast()), 9_000_000);
    Folding folding = Folding.of(without(writer.events(), 2));
    assertEquals(Uncertainty.Reason.EVENTS_MISSING, folding.state().uncertainty().reason());
  }

  @ParameterizedTest
  @EnumSource
  void while_the_state_is_uncertain_no_rule_of_the_kernel_is_judged(KernelBreach breach) {
    Life life = Life.of(KernelGeneration.FIXED, 16, MutationTableTest.CALLS);
    LogWriter writer = new LogWriter();
    List<Life.Step> steps = life.steps();
    for (Life.Step step : steps) {
      boolean heals = !(Witness.LOOKING.tell(step) instanceof InterruptsSet);
      EventBody lie = heals ? null : breach.report(step);
      writer.write(lie == null ? Witness.LOOKING.tell(step) : lie, step.micros());
    }
    List<InterruptEvent> events = writer.events();
    Folding folding = Folding.of(events.subList(1, events.size()));
    assertEquals("SEQUENCE_GAP", rules(folding.violations()));
  }

  @ParameterizedTest
  @CsvSource({"observed", "opened", "released"})
  void what_does_not_depend_on_the_past_makes_certain_again(String healing) {
    DeviceState truth = LIFE.steps().getLast().after();
    LogWriter writer = new LogWriter();
    LIFE.steps().forEach(s -> writer.write(Witness.LOOKING.tell(s), s.micros()));
    EventBody body =
        switch (healing) {
          case "observed" -> new StateObserved(Circumstances.whole(truth));
          case "opened" -> Witness.LOOKING.tell(LIFE.steps().getFirst());
          default -> new DeviceReleased(DeviceReleased.Cause.AGENT_DIED, null);
        };
    writer.write(body, 9_000_000);
    Folding folding = Folding.of(without(writer.events(), 2));
    assertNull(folding.state().uncertainty());
    InterruptEvent from = writer.events().get(3);
    InterruptEvent until = writer.events().getLast();
    assertEquals(
        new PastUncertainty(
            new Uncertainty(
                Uncertainty.Reason.EVENTS_MISSING,
                from.epoch(),
                from.sequence(),
                from.hostTimeMicros()),
            until.epoch(),
            until.sequence(),
            until.hostTimeMicros()),
        folding.state().pastUncertainty());
    assertEquals("SEQUENCE_GAP", rules(folding.violations()));
    assertEquals(
        healing.equals("observed") ? truth.counts().armed() : 0, folding.state().counts().armed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dynamic | msix 0 5   | msix 1 unseen      | msix 1 -
          dynamic | msix 0 5   | msix 0 unseen      | msix 0 -
          dynamic |            | msix 0 5 unseen    | msix 0 5 -
          dynamic |            | msix 0 5 unseen    | msix 0 5 6
          dynamic |            | intx unseen        | intx -
          fixed   | msix 0 5   | msix 1 unseen      | msix 1 -
          fixed   | msix 0 5   | msix 0 6 unseen    | msix 0 6 -
          dynamic | msix 0 5   | msix 2 unseen 8 closed | msix 2 - 8 closed
          dynamic | msix 0 5   | msix 1 8 unseen    | msix 1 8 closed
          fixed   | msix 0 5 6 | msix 0 unseen closed | msix 0 - closed
          """)
  void a_descriptor_that_nobody_saw_may_have_been_none(
      String generation, String given, String seen, String done) {
    for (Witness witness : Witness.values()) {
      LogWriter writer = writer(generation, given);
      List<Life.Step> steps = life(generation, (given == null ? "" : given + ";") + done).steps();
      InterruptsSet set = (InterruptsSet) witness.tell(steps.getLast());
      SetIrqs call = (SetIrqs) CallText.parse(seen);
      writer.write(new InterruptsSet(call, set.result(), 0, set.after()), 9_000_000);
      assertEquals("", rules(Folding.of(writer.events()).violations()), witness::name);
    }
  }

  /** Of a device whose opening was not seen. */
  @ParameterizedTest
  @CsvSource({"-EINVAL,", "-EBADF,", "-ENOSPC, RESULT_MISMATCH"})
  void a_device_that_nobody_saw_opened_may_be_closed_or_have_no_such_interrupt(
      String result, String rule) {
    LogWriter writer = new LogWriter();
    SetIrqs set = (SetIrqs) CallText.parse("intx -");
    writer.write(new InterruptsSet(set, result(result), 0, null), 9_000_000);
    assertEquals(rule == null ? "" : rule, rules(Folding.of(writer.events()).violations()));
  }

  /** Vectors 0 to 2, of which the kernel was asked for the middle one alone. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 | 2 | true  | msix AAA
          1 | 2 | false | msix ARA
          0 | 2 | false | msix RRA
          """)
  void what_a_view_shows_tells_of_descriptors_that_nobody_saw_and_of_no_others(
      int from, int to, boolean armed, String after) {
    LogWriter writer = writer("dynamic", null);
    List<KernelView.Seen> seen =
        IntStream.range(from, to)
            .mapToObj(vector -> new KernelView.Seen(vector, 24 + vector, armed && vector == 1))
            .toList();
    writer.write(
        new InterruptsSet(
            (SetIrqs) CallText.parse("msix 0 unseen unseen unseen"),
            OptionalInt.of(0),
            0,
            new KernelView(InterruptMode.MSIX, from, to, seen)),
        9_000_000);
    assertEquals(after, StateText.of(Folding.of(writer.events()).state()));
  }

  private static LogWriter writer(String generation, String given) {
    LogWriter writer = new LogWriter();
    life(generation, given == null ? "" : given)
        .steps()
        .forEach(s -> writer.write(Witness.LOOKING.tell(s), s.micros()));
    return writer;
  }

  private static Life life(String generation, String calls) {
    return Life.of(KernelGeneration.valueOf(generation.toUpperCase(Locale.ROOT)), 8, calls);
  }

  private static OptionalInt result(String text) {
    if (text.equals("?")) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        text.startsWith("-") ? Errno.valueOf(text.substring(1)).result() : Integer.parseInt(text));
  }

  private static List<InterruptEvent> without(List<InterruptEvent> events, int i) {
    return IntStream.range(0, events.size()).filter(n -> n != i).mapToObj(events::get).toList();
  }

  private static String rules(List<Violation> violations) {
    return violations.stream().map(v -> v.rule().name()).collect(Collectors.joining(","));
  }
}
