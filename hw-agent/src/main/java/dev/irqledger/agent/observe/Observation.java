package dev.irqledger.agent.observe;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.Actor;
import java.util.OptionalInt;

/** What the probe shows, call by call. Times are nanoseconds of {@code CLOCK_MONOTONIC}. */
public sealed interface Observation {
  /**
   * A process called {@code VFIO_DEVICE_SET_IRQS}.
   *
   * @param result 0, a positive number or a negated errno; empty where the return was not seen
   * @param latencyNanos how long the kernel's function took; 0 where the return was not seen
   * @param monoNanos when it returned
   * @param thread the thread's id
   * @param command the thread's name, which may hold anything
   * @param actor its process, looked up when the call began
   */
  record Called(
      Bdf device,
      SetIrqs call,
      OptionalInt result,
      long latencyNanos,
      long monoNanos,
      int thread,
      String command,
      Actor actor)
      implements Observation {}

  /** A device's last descriptor was closed, by its holder or by the holder's end. */
  record Released(Bdf device, long monoNanos, int thread, String command, Actor actor)
      implements Observation {}

  /** Calls are missing here. */
  record Lost(String reason) implements Observation {}

  /** A line, or a return without its entry, of which nothing can be made: a call may be missing. */
  record Unreadable(String line, String reason) implements Observation {}

  /** What the kernel says of CPU vectors. */
  record Matrix(CpuVectors vectors) implements Observation {}
}
