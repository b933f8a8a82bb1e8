package dev.irqledger.core.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.rule.Life;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Uncertainty;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedIrqTest {
  private static final Bdf OTHER = new Bdf("0000:02:00.0");

  /** A device with irq 24 on vector 0 and irq 25 on vector 1, and one more event of it. */
  private record Told(DeviceState after, InterruptEvent event) {}

  private static Told told(String body, Source source, boolean uncertain) {
    LogWriter writer = new LogWriter();
    Life.of(KernelGeneration.DYNAMIC, 8, "msix 0 5 6")
        .steps()
        .forEach(step -> writer.write(Witness.LOOKING.tell(step), step.micros()));
    DeviceState state = Folding.of(writer.events()).state();
    InterruptEvent event = LogWriter.from(source, writer.write(body(body), 9_000_000));
    Uncertainty doubt = new Uncertainty(Uncertainty.Reason.EVENTS_MISSING, 1, 1, 0);
    return new Told(state.withUncertainty(uncertain ? doubt : null), event);
  }

  private static EventBody body(String text) {
    OptionalInt result =
        switch (text.substring(text.indexOf(' ') + 1)) {
          case "EBADF" -> OptionalInt.of(Errno.EBADF.result());
          case "EINVAL" -> OptionalInt.of(Errno.EINVAL.result());
          case "unknown" -> OptionalInt.empty();
          default -> OptionalInt.of(0);
        };
    return switch (text.split(" ", 2)[0]) {
      case "set" -> new InterruptsSet(SetIrqs.triggers(IrqIndex.MSIX, 0, 7), result, 0, null);
      case "reset" -> new DeviceReset(result, 0, null);
      case "observed" -> new StateObserved(Circumstances.whole(armed()));
      default -> new CommandRefused("no such device");
    };
  }

  private static DeviceState armed() {
    return Life.of(KernelGeneration.DYNAMIC, 8, "msix 0 5 6").steps().getLast().after();
  }

  @ParameterizedTest
  @CsvSource({
    "set 0,         AGENT_CALL, false, true",
    "set EINVAL,    AGENT_CALL, false, true",
    "set unknown,   AGENT_CALL, false, true",
    "set EBADF,     AGENT_CALL, false, false",
    "reset 0,       AGENT_CALL, false, true",
    "reset unknown, AGENT_CALL, false, true",
    "reset EBADF,   AGENT_CALL, false, false",
    "observed,      AGENT_CALL, false, true",
    "refused,       AGENT_CALL, false, false",
    "set 0,         AGENT_CALL, true,  false",
    "set 0,         IMPORTED,   false, false"
  })
  void only_an_operation_that_the_agent_made_tells_that_the_irq_is_held(
      String body, Source source, boolean uncertain, boolean evidence) {
    Told told = told(body, source, uncertain);
    assertEquals(evidence, SharedIrq.isEvidence(told.event(), told.after()));
    Violation found = new SharedIrq(24, 0, OTHER, 3).brokenAt(told.event(), told.after());
    assertEquals(evidence, found != null);
  }

  @ParameterizedTest
  @CsvSource({"24, 0, true", "25, 1, true", "25, 0, false", "24, 1, false", "24, 2, false"})
  void it_is_broken_where_the_vector_still_has_the_irq(int irq, int vector, boolean broken) {
    Told told = told("reset 0", Source.AGENT_CALL, false);
    Violation found = new SharedIrq(irq, vector, OTHER, 3).brokenAt(told.event(), told.after());
    assertEquals(broken, found != null);
    if (found != null) {
      assertEquals(Rule.IRQ_UNIQUE_ON_HOST, found.rule());
      assertEquals(List.of(vector), found.vectors());
      assertEquals("vector " + vector + ": an irq of its own", found.expected());
      assertEquals(
          "vector " + vector + ": irq " + irq + ", as vector 3 of " + OTHER, found.reported());
    }
  }
}
