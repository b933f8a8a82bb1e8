package dev.irqledger.core.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.event.KernelView.Seen;
import dev.irqledger.core.rule.CallText;
import dev.irqledger.core.rule.StateText;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of a device whose opening was not seen, calls tell which kernel it is. */
class LearnedGenerationTest {
  /** The view has a letter for each vector from 0 on: A armed, u not. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          every kernel does that       | msix 0 5     | 0       |     | UNKNOWN | msix A
          only a dynamic one grows     | msix 2 6     | 0       |     | DYNAMIC | msix AAA
          and shows it                 | msix 2 6     | 0       | AAA | DYNAMIC | msix AAA
          nobody knows whether it did  | msix 2 6     | ?       |     | UNKNOWN | msix AAA
          an older one refuses to grow | msix 2 6     | -EINVAL | AA  | UNKNOWN | msix AA
          two unwind what they can     | msix 0 6 7 8 | -EINVAL | uu  | UNKNOWN | msix CC
          or it was refused as whole   | msix 0 6 7 8 | -EINVAL | AA  | UNKNOWN | msix AA
          """)
  void what_one_generation_alone_does_is_learned(
      String what,
      String call,
      String result,
      String view,
      KernelGeneration learned,
      String after) {
    LogWriter writer = new LogWriter();
    if (!call.equals("msix 0 5")) {
      writer.write(set("msix 0 5 6", "0", "AA"), 8_000_000);
    }
    writer.write(set(call, result, view), 9_000_000);
    Folding folding = Folding.of(writer.events());
    assertEquals(List.of(), folding.violations());
    assertEquals(learned, folding.state().profile().generation(), what);
    assertEquals(after, StateText.of(folding.state()));
  }

  private static InterruptsSet set(String call, String result, String view) {
    OptionalInt code =
        switch (result) {
          case "?" -> OptionalInt.empty();
          case "0" -> OptionalInt.of(0);
          default -> OptionalInt.of(Errno.valueOf(result.substring(1)).result());
        };
    return new InterruptsSet(
        (SetIrqs) CallText.parse(call), code, 0, view == null ? null : view(view));
  }

  private static KernelView view(String letters) {
    List<Seen> seen =
        IntStream.range(0, letters.length())
            .mapToObj(vector -> new Seen(vector, 24 + vector, letters.charAt(vector) == 'A'))
            .toList();
    return KernelView.whole(InterruptMode.MSIX, seen);
  }
}
