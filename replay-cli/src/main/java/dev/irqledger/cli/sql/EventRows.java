package dev.irqledger.cli.sql;

import dev.irqledger.cli.Words;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.replay.LogRecord;
import java.sql.SQLException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The rows of the table {@code events}. */
final class EventRows {
  private final Rows rows;

  EventRows(Rows rows) {
    this.rows = rows;
  }

  /**
   * Adds an event.
   *
   * @param before what the device held before it
   * @param after the device after it
   */
  void add(
      LogRecord record,
      InterruptEvent event,
      boolean applied,
      @Nullable String holder,
      VectorCounts before,
      DeviceState after)
      throws SQLException {
    rows.begin().text(event.device().host()).text(event.device().bdf().text());
    rows.number(record.partition()).number(record.offset()).millis(record.logTimeMillis());
    rows.micros(event.hostTimeMicros()).id(event.id()).strange(event.bootId());
    rows.number(event.epoch()).number(event.sequence()).text(event.source().name());
    actor(event.actor());
    body(event.body());
    rows.yes(applied).strange(holder);
    held(before, after);
    rows.text(event.hash().hex());
    rows.text(event.previousHash().equals(EventHash.NONE) ? null : event.previousHash().hex());
    rows.end();
  }

  private void actor(Actor actor) throws SQLException {
    rows.strange(actor.vm()).id(actor.vmId()).number(actor.pid(), 0);
    rows.strange(actor.command()).id(actor.commandId());
  }

  private void body(EventBody body) throws SQLException {
    rows.text(body.getClass().getSimpleName()).text(Words.what(body));
    call(body);
    OptionalInt result = Words.resultNumber(body);
    rows.number(result);
    rows.text(result.orElse(0) < 0 ? Words.result(body).substring(1) : null);
    long took = Words.latencyNanos(body);
    if (took == 0) {
      rows.nothing();
    } else {
      rows.number(took);
    }
    rows.strange(body instanceof DeviceOpened opened ? opened.kernel().text() : null);
    rows.strange(cause(body));
  }

  private void call(EventBody body) throws SQLException {
    if (body instanceof InterruptsSet set) {
      IrqIndex index = IrqIndex.of(set.call().index());
      rows.text(index == null ? Long.toString(set.call().index()) : index.name());
      rows.number(set.call().start()).number(set.call().count());
    } else {
      rows.nothing().nothing().nothing();
    }
  }

  private static @Nullable String cause(EventBody body) {
    return switch (body) {
      case DeviceReleased released -> released.cause().name();
      case CommandRefused refused -> refused.reason();
      case DeviceOpened _, InterruptsSet _, DeviceReset _, StateObserved _ -> null;
    };
  }

  private void held(VectorCounts before, DeviceState after) throws SQLException {
    VectorCounts now = after.counts();
    VectorCounts more = now.minus(before);
    rows.text(after.interrupts().mode().label());
    rows.number(now.armed()).number(now.cached()).number(now.reserved());
    rows.number(more.armed()).number(more.cached()).number(more.reserved());
    rows.text(after.uncertainty() == null ? null : after.uncertainty().reason().name());
  }
}
