package dev.irqledger.core.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.state.Phase;
import dev.irqledger.core.state.VectorState;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TransitionTest {
  @ParameterizedTest
  @CsvSource({
    "0, none, msix, free, armed, ENABLED",
    "0, none, msix, free, reserved, ENABLED",
    "0, msix, msix, free, armed, GROWN",
    "0, msix, msix, reserved, armed, ARMED",
    "0, msix, msix, cached, armed, REARMED",
    "0, msix, msix, armed, other, RETRIGGERED",
    "0, msix, msix, armed, cached, CLEARED",
    "-9, msix, msix, armed, cached, UNWOUND",
    "0, msix, none, cached, free, TORN_DOWN",
    "0, msix, msix, cached, free, FREED_ALONE",
    "0, msix, msix, cached, numbered, OBSERVED",
    "seen, none, msix, free, armed, OBSERVED",
    "seen, msix, none, armed, free, OBSERVED"
  })
  void each_passage_of_a_vector_has_its_name(
      String how, String from, String to, String before, String after, Transition expected) {
    assertEquals(
        expected, Transition.of(body(how), mode(from), mode(to), vector(before), vector(after)));
  }

  @ParameterizedTest
  @EnumSource
  void each_says_what_happened_and_which_rule_of_the_kernel_applies(Transition transition) {
    assertTrue(transition.words().matches("[a-z].{10,}"), transition::words);
    assertEquals(transition == Transition.OBSERVED, transition.rule() == null);
  }

  private static EventBody body(String how) {
    return how.equals("seen")
        ? new StateObserved(KernelView.modeOnly(InterruptMode.MSIX))
        : new InterruptsSet(
            SetIrqs.triggers(IrqIndex.MSIX, 0, 7), OptionalInt.of(Integer.parseInt(how)), 0, null);
  }

  private static InterruptMode mode(String name) {
    return InterruptMode.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static VectorState vector(String name) {
    return switch (name) {
      case "free" -> null;
      case "armed" -> new VectorState(Phase.ARMED, 55, 7, false, 1);
      case "other" -> new VectorState(Phase.ARMED, 55, 8, false, 1);
      case "numbered" -> new VectorState(Phase.CACHED, 56, Eventfd.NONE, false, 1);
      default ->
          new VectorState(Phase.valueOf(name.toUpperCase(Locale.ROOT)), 55, Eventfd.NONE, false, 1);
    };
  }
}
