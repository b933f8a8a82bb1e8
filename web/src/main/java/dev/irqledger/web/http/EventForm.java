package dev.irqledger.web.http;

import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.web.PastEvent;
import dev.irqledger.wire.LogPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event of the log, as histories and the stream show it. */
record EventForm(
    PositionForm position,
    String id,
    String host,
    String device,
    long epoch,
    long sequence,
    @Nullable String hostTime,
    String source,
    ActorForm actor,
    String type,
    @Nullable CallForm call,
    CallForm.@Nullable Result result) {

  static EventForm of(InterruptEvent event, LogPosition position) {
    return new EventForm(
        PositionForm.of(position),
        event.id().toString(),
        event.device().host(),
        event.device().bdf().text(),
        event.epoch(),
        event.sequence(),
        PositionForm.micros(event.hostTimeMicros()),
        event.source().name(),
        ActorForm.of(event.actor()),
        event.body().getClass().getSimpleName(),
        CallForm.of(event.body()),
        CallForm.Result.of(event.body()));
  }

  /** Who made a call. */
  record ActorForm(@Nullable String vm, @Nullable Integer pid, @Nullable String command) {
    static ActorForm of(Actor actor) {
      return new ActorForm(actor.vm(), actor.pid() == 0 ? null : actor.pid(), actor.command());
    }
  }

  /** An event with what the fold made of it. */
  record Folded(
      EventForm event, boolean applied, List<ChangeForm> changes, List<Broken> violations) {
    static Folded of(PastEvent past) {
      return new Folded(
          EventForm.of(past.event(), past.position()),
          past.applied(),
          past.changes().stream().map(ChangeForm::of).toList(),
          past.violations().stream().map(Broken::of).toList());
    }
  }

  /** A rule that an event breaks. */
  record Broken(String id, String rule, String expected, String reported) {
    static Broken of(Violation violation) {
      return new Broken(
          violation.id().toString(),
          violation.rule().name(),
          violation.expected(),
          violation.reported());
    }
  }
}
