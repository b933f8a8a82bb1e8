package dev.irqledger.cli.sql;

import dev.irqledger.cli.Words;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.state.Change;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of the table {@code changes}: one for each vector, whatever a change puts together. */
final class ChangeRows {
  private final Rows rows;

  ChangeRows(Rows rows) {
    this.rows = rows;
  }

  /**
   * What all changes of one event have in common.
   *
   * @param event null where a pruned log begins
   */
  private record Place(
      DeviceKey device,
      LogPosition position,
      long hostTimeMicros,
      @Nullable UUID event,
      @Nullable String holder) {}

  /** Adds what an event changed. */
  void add(LogRecord record, InterruptEvent event, List<Change> changes, @Nullable String holder)
      throws SQLException {
    Place place =
        new Place(event.device(), record.position(), event.hostTimeMicros(), event.id(), holder);
    int ordinal = 0;
    for (Change change : changes) {
      ordinal = add(place, change, ordinal);
    }
  }

  /** Adds what a device holds where a pruned log begins. */
  void begin(FoldedState folded) throws SQLException {
    Place place =
        new Place(
            folded.state().key(),
            folded.position(),
            folded.state().head().hostTimeMicros(),
            null,
            null);
    VectorMap vectors = folded.state().interrupts().vectors();
    int ordinal = 0;
    for (int v = vectors.next(0); v >= 0; v = vectors.next(v + 1)) {
      place(place, ++ordinal, "BEGAN");
      vector(v, null, vectors.get(v));
      rows.text("held where the log begins").end();
    }
  }

  /** Adds one change, and gives the ordinal of the last of its rows. */
  private int add(Place place, Change change, int last) throws SQLException {
    switch (change) {
      case Change.VectorChanged(int vector, VectorState before, VectorState after) -> {
        place(place, last + 1, "VECTOR");
        vector(vector, before, after);
        rows.text(Words.change(change)).end();
      }
      case Change.AllReleased(VectorMap before) -> {
        return freed(place, before, last);
      }
      case Change.ModeChanged _ -> other(place, last + 1, "MODE", change);
      case Change.TriggerChanged _ -> other(place, last + 1, "TRIGGER", change);
      case Change.EventfdSignalled _ -> other(place, last + 1, "SIGNAL", change);
    }
    return last + 1;
  }

  private int freed(Place place, VectorMap before, int last) throws SQLException {
    int ordinal = last;
    for (int v = before.next(0); v >= 0; v = before.next(v + 1)) {
      VectorState was = before.get(v);
      place(place, ++ordinal, "VECTOR");
      vector(v, was, null);
      rows.text(Words.change(new Change.VectorChanged(v, was, null))).end();
    }
    return ordinal;
  }

  private void other(Place place, int ordinal, String name, Change change) throws SQLException {
    place(place, ordinal, name);
    for (int column = 0; column < 8; column++) {
      rows.nothing();
    }
    rows.text(Words.change(change)).end();
  }

  private void place(Place place, int ordinal, String change) throws SQLException {
    rows.begin().text(place.device.host()).text(place.device.bdf().text());
    rows.number(place.position.partition()).number(place.position.offset()).number(ordinal);
    rows.millis(place.position.logTimeMs()).micros(place.hostTimeMicros);
    rows.id(place.event).strange(place.holder).text(change);
  }

  private void vector(int number, @Nullable VectorState before, @Nullable VectorState after)
      throws SQLException {
    rows.number(number).text(phase(before)).text(phase(after));
    rows.number(irq(before)).number(irq(after));
    rows.number(trigger(before)).number(trigger(after));
    rows.yes(after == null ? null : (Boolean) after.dynamic());
  }

  private static String phase(@Nullable VectorState state) {
    return state == null ? "FREE" : state.phase().name();
  }

  static @Nullable Integer irq(@Nullable VectorState state) {
    return state == null || !state.irqKnown() ? null : state.irq();
  }

  /** The number of its eventfd; null where there is none, or nobody saw the number. */
  static @Nullable Integer trigger(@Nullable VectorState state) {
    return state == null || state.trigger() < 0 ? null : state.trigger();
  }
}
