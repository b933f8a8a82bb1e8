package dev.irqledger.agent.observe;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.Actor;
import dev.irqledger.recordings.ProbeCall;
import dev.irqledger.recordings.ProbeCalls;
import dev.irqledger.recordings.ProbeRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * Makes observations of the probe's lines, and knows which devices are being worked on. Calls of
 * the agent's own threads are not told, but count as work. Not for use by several threads.
 */
final class ObservedCalls {
  private final ProbeCalls calls = new ProbeCalls();
  private final Map<Integer, Actor> callers = new HashMap<>();
  private final Map<Bdf, Long> marks = new HashMap<>();
  private final Actors actors;
  private final IntPredicate ownThread;
  private long disturbances;
  private long lines;

  /**
   * @param actors tells whose a thread is
   * @param ownThread true for the ids of the agent's own threads
   */
  ObservedCalls(Actors actors, IntPredicate ownThread) {
    this.actors = actors;
    this.ownThread = ownThread;
  }

  /** Reads one line of the trace buffer. */
  void line(String text, Consumer<? super Observation> sink) {
    lines++;
    switch (ProbeRecord.read(text)) {
      case ProbeRecord.Entered entered -> {
        mark(entered.device());
        calls.entered(lines, entered, call -> tell(call, sink));
        caller(entered.thread(), entered.command());
      }
      case ProbeRecord.Releasing releasing -> {
        mark(releasing.device());
        calls.releasing(releasing);
        caller(releasing.thread(), releasing.command());
      }
      case ProbeRecord.Returned returned -> returned(text, returned, sink);
      case ProbeRecord.Matrix matrix -> sink.accept(new Observation.Matrix(CpuVectors.of(matrix)));
      case ProbeRecord.Lost lost -> {
        disturbances++;
        calls.giveUp(call -> tell(call, sink));
        callers.clear();
        sink.accept(new Observation.Lost(lost.text()));
      }
      case ProbeRecord.Unreadable(String reason) -> unreadable(text, reason, sink);
      case ProbeRecord.Other _ -> {} // says nothing of a device
    }
  }

  /** True where a call on the device, or its last close, is under way. */
  boolean busy(Bdf device) {
    return calls.busy(device);
  }

  /** Another number after each beginning and end of a call on the device, and after each loss. */
  long marks(Bdf device) {
    return marks.getOrDefault(device, 0L) + disturbances;
  }

  private void mark(Bdf device) {
    marks.merge(device, 1L, Long::sum);
  }

  private void returned(
      String text, ProbeRecord.Returned returned, Consumer<? super Observation> sink) {
    ProbeCall call = calls.returned(returned);
    if (call != null) {
      mark(call.entry().device());
      tell(call, sink);
    } else if (!ownThread.test(returned.thread())) {
      unreadable(text, "a return from a call whose entry was not seen", sink);
    }
  }

  private void unreadable(String text, String reason, Consumer<? super Observation> sink) {
    disturbances++;
    sink.accept(new Observation.Unreadable(text, reason));
  }

  private void caller(int thread, String command) {
    if (!ownThread.test(thread)) {
      if (callers.size() >= 2 * ProbeCalls.MAX_IN_FLIGHT) {
        callers.clear(); // they are looked up again where they are still there
      }
      callers.put(thread, actors.of(thread, command));
    }
  }

  private void tell(ProbeCall call, Consumer<? super Observation> sink) {
    ProbeRecord.Entered entry = call.entry();
    if (ownThread.test(entry.thread())) {
      return;
    }
    Actor found = callers.remove(entry.thread());
    Actor actor = found == null ? actors.of(entry.thread(), entry.command()) : found;
    sink.accept(
        call.release()
            ? new Observation.Released(
                entry.device(), call.nanos(), entry.thread(), entry.command(), actor)
            : new Observation.Called(
                entry.device(),
                entry.call(),
                call.result(),
                call.latencyNanos(),
                call.nanos(),
                entry.thread(),
                entry.command(),
                actor));
  }
}
