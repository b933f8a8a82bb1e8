package dev.irqledger.agent.observe;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.Source;

/** Takes what is observed, in order. It folds an event before it returns. */
@FunctionalInterface
public interface ObservedEvents {
  /**
   * Takes one event.
   *
   * @param source OBSERVED_CALL or OBSERVED_STATE
   * @param hostTimeMicros the host's clock, microseconds since 1970-01-01T00:00Z
   */
  void record(Bdf device, Source source, Actor actor, EventBody body, long hostTimeMicros);
}
