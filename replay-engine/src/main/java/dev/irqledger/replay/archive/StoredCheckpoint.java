package dev.irqledger.replay.archive;

import dev.irqledger.replay.Checkpoint;
import dev.irqledger.replay.archive.Form.State;
import dev.irqledger.replay.archive.Manifest.Stored;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.DeviceStateCodec;
import dev.irqledger.wire.FoldedState;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** A checkpoint as it lies in an archive. */
record StoredCheckpoint(Path file, Stored stored, DeviceStateCodec codec, LongAdder bytesRead)
    implements Checkpoint {
  @Override
  public long last() {
    return stored.last();
  }

  @Override
  public long logTimeMillis() {
    return stored.logTime();
  }

  @Override
  public long unreadable() {
    return stored.unreadable();
  }

  @Override
  public String firstUnreadable() {
    return stored.firstUnreadable();
  }

  @Override
  public void states(String prefix, Consumer<? super FoldedState> sink) {
    try (RowsIn<State> rows = RowsIn.open(file, new Form.States(), bytesRead)) {
      if (!prefix.isEmpty()) {
        rows.seekSorted(row -> row.device().compareTo(prefix));
      }
      long seen = 0;
      while (rows.hasNext()) {
        State row = rows.next();
        seen++;
        if (row.device().startsWith(prefix)) {
          sink.accept(decode(row));
        } else if (row.device().compareTo(prefix) > 0) {
          return;
        }
      }
      if (prefix.isEmpty() && seen != stored.devices()) {
        throw ArchiveFailures.damaged(
            file, "it holds " + seen + " devices instead of " + stored.devices());
      }
    }
  }

  private FoldedState decode(State row) {
    return switch (codec.decode(row.state())) {
      case Decoded.Value<FoldedState>(FoldedState state) -> state;
      case Decoded.Undecodable<FoldedState>(String reason) ->
          throw ArchiveFailures.damaged(file, "the state of " + row.device() + ": " + reason);
    };
  }
}
