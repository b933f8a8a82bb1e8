package dev.irqledger.core.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.KernelGeneration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One line of a table: a device, what was done to it, a call, and what must come of it. */
final class Scenario {
  private Scenario() {}

  static void check(
      String whose, @Nullable String given, String call, String result, String after) {
    for (KernelGeneration generation : generations(whose)) {
      check(TestDevice.opened(generation), generation.name(), given, call, result, after);
    }
  }

  static void check(
      TestDevice device,
      String name,
      @Nullable String given,
      String call,
      String result,
      String after) {
    device.given(given == null ? "" : given);
    Outcome outcome = device.make(CallText.parse(call));
    assertEquals(
        result + ", " + after,
        Errno.describe(outcome.result()) + ", " + StateText.of(device.state()),
        name);
  }

  static List<KernelGeneration> generations(String whose) {
    return switch (whose) {
      case "all" ->
          List.of(KernelGeneration.LEGACY, KernelGeneration.FIXED, KernelGeneration.DYNAMIC);
      case "modern" -> List.of(KernelGeneration.FIXED, KernelGeneration.DYNAMIC);
      default -> List.of(KernelGeneration.valueOf(whose.toUpperCase(Locale.ROOT)));
    };
  }
}
