package dev.irqledger.simulation;

import dev.irqledger.simulation.Run.Failure;
import dev.irqledger.simulation.Run.Outcome;
import java.util.stream.Collectors;

/** A failing run in words: what was not as it must be, and the command that makes it again. */
final class Story {
  private Story() {}

  static String of(Outcome failed, Outcome smallest) {
    Failure failure = failed.failure();
    Failure small = smallest.failure();
    if (failure == null || small == null) {
      return "seed " + failed.run().seed() + ": all is as it must be";
    }
    return """
    seed %d failed%s: %s
      again:    simulation/run --seed %d --steps %d
      smallest: %d steps, %d kinds of faults left out: %s
                simulation/run --seed %d --only %s%s
    """
        .formatted(
            failed.run().seed(),
            failure.step() < 0 ? " once all was delivered" : " at step " + failure.step(),
            failure.cause(),
            failed.run().seed(),
            failed.run().steps().size(),
            smallest.run().steps().size(),
            smallest.run().off().size(),
            small.cause(),
            smallest.run().seed(),
            smallest.run().steps().stream().map(String::valueOf).collect(Collectors.joining(",")),
            smallest.run().off().isEmpty()
                ? ""
                : " --without "
                    + smallest.run().off().stream()
                        .map(Enum::name)
                        .collect(Collectors.joining(",")));
  }
}
