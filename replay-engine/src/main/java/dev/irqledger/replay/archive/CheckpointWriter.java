package dev.irqledger.replay.archive;

import dev.irqledger.replay.DeviceFold;
import dev.irqledger.replay.archive.Form.State;
import dev.irqledger.replay.archive.Manifest.Stored;
import dev.irqledger.wire.DeviceStateCodec;
import dev.irqledger.wire.FoldedState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Writes the states of a partition's devices, sorted so that one of them is found by halving. */
final class CheckpointWriter {
  private static final int BLOCK_BYTES = 1 << 15;

  private final Disk disk;
  private final Path directory;
  private final DeviceStateCodec codec;

  CheckpointWriter(Disk disk, Path directory, DeviceStateCodec codec) {
    this.disk = disk;
    this.directory = directory;
    this.codec = codec;
  }

  /** Writes what was folded up to and with the record at {@code last}. */
  Stored write(int partition, long last, DeviceFold fold) throws IOException {
    List<FoldedState> devices =
        fold.devices().stream()
            .sorted(Comparator.comparing((FoldedState f) -> f.state().key().toString()))
            .toList();
    long stateBytes = 0;
    Map<String, String> meta =
        Map.of("irq.partition", Integer.toString(partition), "irq.last", Long.toString(last));
    String unfinished = Layout.CHECKPOINTS + "/%05d".formatted(partition);
    try (RowsOut<State> out =
        RowsOut.packed(new NewFile(disk, directory, unfinished), new Form.States(), meta)) {
      int inBlock = 0;
      for (FoldedState device : devices) {
        byte[] state = codec.encode(device);
        out.add(new State(device.state().key().toString(), state));
        stateBytes += state.length;
        inBlock += state.length;
        if (inBlock >= BLOCK_BYTES) {
          var _ = out.endBlock();
          inBlock = 0;
        }
      }
      return new Stored(
          partition,
          last,
          fold.logTimeMillis(),
          fold.unreadable().count(),
          fold.unreadable().first(),
          devices.size(),
          stateBytes,
          Manifest.FOLD,
          out.publish(Layout.checkpoint(partition, last)));
    }
  }
}
