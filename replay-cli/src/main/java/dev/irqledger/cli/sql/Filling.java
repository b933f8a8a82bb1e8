package dev.irqledger.cli.sql;

import dev.irqledger.cli.Words;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.Replayer;
import dev.irqledger.wire.FoldedState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Fills the tables from one fold. What it keeps of the past in memory is a few numbers and a name
 * for each device.
 */
final class Filling implements Replayer.Observer, AutoCloseable {
  private final List<Rows> open = new ArrayList<>();
  private final @Nullable EventRows events;
  private final @Nullable ChangeRows changes;
  private final @Nullable ViolationRows violations;
  private final StateRows states;
  private final LongConsumer progress;
  private final Map<DeviceKey, Standing> standing = new HashMap<>();
  private long count;

  /**
   * What is to be known of a device when its next event comes.
   *
   * @param holder who last acted on it; null once it was released
   */
  private record Standing(VectorCounts counts, @Nullable String holder) {
    static final Standing NOTHING = new Standing(VectorCounts.ZERO, null);
  }

  /**
   * @param wanted which tables are asked about; those of the states are always filled
   * @param progress is told of the number of events
   */
  Filling(DuckDBConnection database, Set<Table> wanted, LongConsumer progress) throws SQLException {
    this.progress = progress;
    events = wanted.contains(Table.EVENTS) ? new EventRows(rows(database, Table.EVENTS)) : null;
    changes = wanted.contains(Table.CHANGES) ? new ChangeRows(rows(database, Table.CHANGES)) : null;
    violations =
        wanted.contains(Table.VIOLATIONS)
            ? new ViolationRows(rows(database, Table.VIOLATIONS))
            : null;
    states = new StateRows(rows(database, Table.DEVICES), rows(database, Table.VECTORS));
  }

  private Rows rows(DuckDBConnection database, Table table) throws SQLException {
    Rows rows = new Rows(database, table.sqlName());
    open.add(rows);
    return rows;
  }

  @Override
  public void begun(FoldedState state) {
    standing.put(state.state().key(), new Standing(state.state().counts(), null));
    write(() -> {
      if (changes != null) {
        changes.begin(state);
      }
    });
  }

  @Override
  public void folded(LogRecord record, InterruptEvent event, Folded folded) {
    Standing before = standing.getOrDefault(event.device(), Standing.NOTHING);
    @Nullable String holder = holder(before.holder, event, folded.applied());
    standing.put(event.device(), new Standing(folded.state().counts(), holder));
    write(() -> {
      if (events != null) {
        events.add(record, event, folded.applied(), holder, before.counts, folded.state());
      }
      if (changes != null) {
        changes.add(record, event, folded.changes(), holder);
      }
      if (violations != null) {
        violations.add(record, folded.violations());
      }
    });
    progress.accept(++count);
  }

  private static @Nullable String holder(
      @Nullable String before, InterruptEvent event, boolean applied) {
    if (!applied) {
      return before;
    }
    if (event.body() instanceof DeviceReleased) {
      return null;
    }
    return event.actor().equals(Actor.UNKNOWN) ? before : Words.who(event.actor());
  }

  /** Adds the states at the end of the fold. */
  void states(Image image) {
    write(() -> {
      for (FoldedState device : image.devices().values()) {
        states.add(device);
      }
    });
  }

  @FunctionalInterface
  private interface Writing {
    void run() throws SQLException;
  }

  private static void write(Writing writing) {
    try {
      writing.run();
    } catch (SQLException e) {
      throw new TablesFailure("the tables cannot be filled", e);
    }
  }

  @Override
  public void close() throws SQLException {
    for (Rows rows : open) {
      rows.close();
    }
  }
}
