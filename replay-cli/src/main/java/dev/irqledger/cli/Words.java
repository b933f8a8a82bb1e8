package dev.irqledger.cli;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqSetFlags;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.state.Change;
import dev.irqledger.core.state.PastUncertainty;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.recordings.PrintableText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What happened, in few words for one line of a table. */
public final class Words {
  private Words() {}

  /** Who made a call, as far as that is known; names were given by strangers. */
  public static String who(Actor actor) {
    String process = actor.pid() == 0 ? "" : "[" + actor.pid() + "]";
    String name = actor.vm() != null ? actor.vm() : actor.command();
    if (name != null) {
      return PrintableText.of(name) + process;
    }
    return process.isEmpty() ? "-" : process;
  }

  /** What an event tells of. */
  public static String what(EventBody body) {
    return switch (body) {
      case DeviceOpened opened ->
          opened.kernel().known() ? "opened, Linux " + version(opened.kernel()) : "opened";
      case InterruptsSet set -> call(set.call());
      case DeviceReset _ -> "reset";
      case DeviceReleased released -> "released (" + released.cause() + ")";
      case StateObserved observed ->
          "observed: mode "
              + observed.view().mode().label()
              + ", "
              + observed.view().allocated().size()
              + " vectors";
      case CommandRefused refused -> "refused: " + PrintableText.of(refused.reason());
    };
  }

  /** When a state was not certain, and why; by the host's clock. */
  static String past(PastUncertainty past) {
    return "was uncertain from "
        + hostTime(past.uncertainty().sinceMicros())
        + " to "
        + hostTime(past.untilMicros())
        + " (host time): "
        + past.uncertainty().reason();
  }

  /** A time of the host's clock, in microseconds since 1970; 0 where it is not known. */
  public static String hostTime(long micros) {
    return micros == 0
        ? "a time that is not known"
        : Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  /** The release without what a distribution adds. */
  private static String version(KernelRelease kernel) {
    return kernel.text().split("[-+]", 2)[0];
  }

  /** A call's result, {@code -} for what returns nothing. */
  public static String result(EventBody body) {
    return switch (body) {
      case InterruptsSet set -> Errno.describe(set.result());
      case DeviceReset reset -> Errno.describe(reset.result());
      case DeviceOpened _, DeviceReleased _, StateObserved _, CommandRefused _ -> "-";
    };
  }

  /** A call's result; empty where there is none, or nobody saw it. */
  public static OptionalInt resultNumber(EventBody body) {
    return switch (body) {
      case InterruptsSet set -> set.result();
      case DeviceReset reset -> reset.result();
      case DeviceOpened _, DeviceReleased _, StateObserved _, CommandRefused _ ->
          OptionalInt.empty();
    };
  }

  /** How long a call took in nanoseconds, 0 where nobody measured. */
  public static long latencyNanos(EventBody body) {
    return switch (body) {
      case InterruptsSet set -> set.latencyNanos();
      case DeviceReset reset -> reset.latencyNanos();
      case DeviceOpened _, DeviceReleased _, StateObserved _, CommandRefused _ -> 0;
    };
  }

  /** How long a call took, {@code -} where nobody measured. */
  public static String took(long nanos) {
    return nanos == 0 ? "-" : "%.3f ms".formatted(nanos / 1e6);
  }

  private static String call(SetIrqs call) {
    IrqIndex index = IrqIndex.of(call.index());
    String name = index == null ? "index " + call.index() : index.name();
    if (call.count() == 0 && call.dataIs(IrqSetFlags.DATA_NONE)) {
      return "disable " + name;
    }
    return verb(call)
        + " "
        + name
        + (call.count() == 1 ? " " + call.start() : " " + call.start() + "+" + call.count());
  }

  private static String verb(SetIrqs call) {
    return switch (call.action()) {
      case IrqSetFlags.ACTION_MASK -> "mask";
      case IrqSetFlags.ACTION_UNMASK -> "unmask";
      default -> call.dataIs(IrqSetFlags.DATA_EVENTFD) ? assignment(call) : "signal";
    };
  }

  /** What a call does with triggers: give them, take them away, or some of both. */
  private static String assignment(SetIrqs call) {
    boolean arms = false;
    boolean removes = false;
    for (int i = 0; i < Math.min(call.count(), call.data().length()); i++) {
      arms = arms || Eventfd.mayArm(call.fd(i));
      removes = removes || !Eventfd.mayArm(call.fd(i));
    }
    return arms ? (removes ? "set" : "arm") : "clear";
  }

  /** One change. */
  public static String change(Change change) {
    return switch (change) {
      case Change.ModeChanged(var before, var after) ->
          "mode " + before.label() + "->" + after.label();
      case Change.VectorChanged(int vector, VectorState before, VectorState after) ->
          vector + ":" + vector(before, after);
      case Change.AllReleased(var before) ->
          before.counts().allocated() == 1
              ? "the only irq freed"
              : "all " + before.counts().allocated() + " irqs freed";
      case Change.TriggerChanged(var index, int before, int after) ->
          index + " " + trigger(before) + "->" + trigger(after);
      case Change.EventfdSignalled(int fd) -> "signalled " + trigger(fd);
    };
  }

  /** What a vector is: {@code ARMED, irq 55, trigger fd 7}; null is a free one. */
  public static String vector(@Nullable VectorState state) {
    return phase(state)
        + (state != null && state.irqKnown() ? ", irq " + state.irq() : "")
        + (state != null && state.armed() ? ", trigger " + trigger(state.trigger()) : "");
  }

  /** From phase to phase; where that is the same, what else is other. */
  private static String vector(@Nullable VectorState before, @Nullable VectorState after) {
    if (before == null || after == null || before.phase() != after.phase()) {
      return phase(before) + "->" + phase(after);
    }
    return before.irq() != after.irq()
        ? "irq " + before.irq() + "->" + after.irq()
        : trigger(before.trigger()) + "->" + trigger(after.trigger());
  }

  private static String phase(@Nullable VectorState state) {
    return state == null ? "FREE" : state.phase().name();
  }

  /** A descriptor in few words. */
  public static String trigger(int fd) {
    return switch (fd) {
      case Eventfd.NONE -> "none";
      case Eventfd.SOME, Eventfd.UNSEEN -> "?";
      default -> "fd " + fd;
    };
  }
}
