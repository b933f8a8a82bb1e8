package dev.irqledger.agent.act;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.recordings.Op;
import dev.irqledger.recordings.OpScript;
import java.util.Map;
import java.util.stream.Collectors;

/** What an operation gave, on one line: {@code set 2 0 1 none trigger = 0 (signalled e3)}. */
public final class OpLine {
  private OpLine() {}

  /**
   * @param signalled how often each eventfd was signalled by it
   */
  public static String of(Op op, EventBody body, Map<Integer, Long> signalled) {
    String line = OpScript.format(op) + " = " + result(body);
    return signalled.isEmpty() ? line : line + " (signalled " + list(signalled) + ")";
  }

  /**
   * What it returned: 0, a positive number, or a negated errno; 0 where there is no more to say.
   */
  public static int resultOf(EventBody body) {
    return switch (body) {
      case InterruptsSet set -> set.result().orElse(0);
      case DeviceReset reset -> reset.result().orElse(0);
      case DeviceOpened _, DeviceReleased _, StateObserved _, CommandRefused _ -> 0;
    };
  }

  private static String result(EventBody body) {
    return switch (body) {
      case DeviceOpened _, DeviceReleased _, StateObserved _ -> "0";
      case InterruptsSet set -> Errno.describe(set.result());
      case DeviceReset reset -> Errno.describe(reset.result());
      case CommandRefused(String reason) -> reason;
    };
  }

  private static String list(Map<Integer, Long> signalled) {
    return signalled.entrySet().stream()
        .map(e -> "e" + e.getKey() + (e.getValue() > 1 ? " " + e.getValue() + " times" : ""))
        .collect(Collectors.joining(", "));
  }
}
