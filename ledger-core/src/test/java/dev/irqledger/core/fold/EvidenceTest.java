package dev.irqledger.core.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.KernelView.Seen;
import dev.irqledger.core.rule.CallText;
import dev.irqledger.core.rule.Life;
import dev.irqledger.core.rule.Violation;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a finding says: its rule, the vectors, what the rule asks for, and what was reported. */
class EvidenceTest {
  /** The vectors' irqs are 24, 25 and so on, in the order in which they were taken. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          msix 0 5 6   | msix 2 7     | 0       | msix 0=24+ 1=25+ 2=26 | RESULT_MISMATCH vector 2: a trigger / no trigger
          msix 0 5 6   | msix 0 -     | 0       | msix 0=24+ 1=25+      | RESULT_MISMATCH vector 0: no trigger / a trigger
          msix 0 5 6   | msix 0 -     | 0       | msix 0=90 1=25+       | CACHE_KEEPS_IRQ vector 0: irq 24 / irq 90
          msix 0 5 6   | reset        | 0       | msix 0=90+ 1=25+      | RESET_KEEPS vector 0: irq 24 / irq 90
          msix 0 5 6   | reset        | 0       | msix 0=24 1=25+       | RESET_KEEPS vector 0: a trigger / no trigger
          msix 0 5 6   | reset        | 0       | msix 0=24+            | RESET_KEEPS vector 1: irq 25 / no irq
          msix 0 5 6   | reset        | 0       | msix 1=25+            | RESET_KEEPS vector 0: irq 24 / no irq
          msix 0 5 6   | reset        | 0       | msix 0=24+ 1=24+      | IRQ_UNIQUE_ON_HOST vector 1: one vector for each irq / irq 24 a second time; RESET_KEEPS vector 1: irq 25 / irq 24
          msix 0 5 6   | release      | 0       | none 3=30 4=30        | TEARDOWN_ALL_AT_ONCE vector 3: no irq / irq 30 (and 1 more vectors); IRQ_UNIQUE_ON_HOST vector 4: one vector for each irq / irq 30 a second time
          msix 0 5 6   | msix 0 8 9   | 0       | msix 0=24+ 1=0+       | IRQ_POSITIVE vector 1: a number from 1 / irq 0
                       | msix 0 5 6   | 0       | msix 0=24+            | ENABLE_ALLOCATES_RANGE vector 1: an irq / no irq
                       | msix 0 5     | 0       | msix 0=24+ 1=25       | ENABLE_ALLOCATES_RANGE vector 1: no irq / irq 25
          msix 0 5     | msix 2 6     | 0       | msix 0=24+            | RESULT_MISMATCH vector 2: an irq / no irq
          msix 0 5 6 7 | msix 0 8 9   | -ENOSPC | msix 0=24 1=25 2=26   | RESULT_MISMATCH vector 2: a trigger / no trigger
          msix 0 5 6 7 | msix 1 8 9   | -ENOSPC | msix 0=24 1=25 2=26   | RESULT_MISMATCH vector 0: a trigger / no trigger
          msix 0 5     | msix off     | 3       |                       | RESULT_MISMATCH a result that the rules know / result 3
          msix 0 5     | msi 0 6      | 0       |                       | MODE_EXCLUSIVE result -EINVAL / result 0
          """)
  void a_finding_names_the_vector_and_both_sides(
      String given, String call, String result, String view, String expected) {
    LogWriter writer = writer(given, Witness.LOOKING);
    writer.write(body(call, result, view), 9_000_000);
    assertEquals(expected, findings(writer));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          msix 0=24+ | RESET_KEEPS vector 1: irq (number not known) / no irq
          msix 0=24+ 1=99+ |
          """)
  void a_number_that_nobody_saw_is_none(String view, String expected) {
    LogWriter writer = writer("msix 0 5 6", Witness.SEEING_CALLS);
    writer.write(body("reset", "0", view), 9_000_000);
    assertEquals(expected == null ? "" : expected, findings(writer));
  }

  @Test
  void of_many_vectors_some_are_listed_and_all_are_counted() {
    LogWriter writer = writer("msix 0 5 6", Witness.LOOKING);
    List<Seen> seen =
        IntStream.range(100, 120).mapToObj(vector -> new Seen(vector, vector, false)).toList();
    KernelView view = KernelView.whole(InterruptMode.NONE, seen);
    writer.write(new DeviceReleased(DeviceReleased.Cause.CLOSED, view), 9_000_000);
    Violation found = Folding.of(writer.events()).violations().getFirst();
    assertEquals(Violation.MOST_VECTORS, found.vectors().size());
    assertEquals(IntStream.range(100, 116).boxed().toList(), found.vectors());
    assertEquals("vector 100: irq 100 (and 19 more vectors)", found.reported());
  }

  private static LogWriter writer(String given, Witness witness) {
    LogWriter writer = new LogWriter();
    Life.of(KernelGeneration.DYNAMIC, 8, given == null ? "" : given)
        .steps()
        .forEach(step -> writer.write(witness.tell(step), step.micros()));
    return writer;
  }

  private static EventBody body(String call, String result, String text) {
    OptionalInt code =
        OptionalInt.of(
            result.startsWith("-")
                ? Errno.valueOf(result.substring(1)).result()
                : Integer.parseInt(result));
    KernelView view = text == null ? null : view(text);
    return switch (call) {
      case "reset" -> new DeviceReset(code, 5, view);
      case "release" -> new DeviceReleased(DeviceReleased.Cause.CLOSED, view);
      default -> new InterruptsSet((SetIrqs) CallText.parse(call), code, 5, view);
    };
  }

  /** The mode, then {@code VECTOR=IRQ} for each, with a plus sign where it is armed. */
  private static KernelView view(String text) {
    List<String> words = List.of(text.split(" "));
    return KernelView.whole(
        InterruptMode.ofLabel(words.getFirst()),
        words.stream().skip(1).map(EvidenceTest::seen).toList());
  }

  private static Seen seen(String text) {
    int[] numbers =
        Arrays.stream(text.replace("+", "").split("=")).mapToInt(Integer::parseInt).toArray();
    return new Seen(numbers[0], numbers[1], text.endsWith("+"));
  }

  private static String findings(LogWriter writer) {
    return Folding.of(writer.events()).violations().stream()
        .map(found ->
            "%s %s / %s"
                .formatted(
                    found.rule(),
                    found.expected(),
                    found.reported().replaceFirst("^vector \\d+: ", "")))
        .collect(Collectors.joining("; "));
  }
}
