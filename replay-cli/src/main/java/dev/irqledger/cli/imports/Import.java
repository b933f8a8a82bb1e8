package dev.irqledger.cli.imports;

import dev.irqledger.cli.imports.ImportHistory.Begun;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.Source;
import dev.irqledger.recordings.BadLine;
import dev.irqledger.recordings.Operation;
import dev.irqledger.recordings.Parsed;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.EventIds;
import dev.irqledger.wire.EventSealer;
import dev.irqledger.wire.KnownHeads;
import dev.irqledger.wire.SealedEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Publishes one recording. Ids, epoch and chain follow from its content and from what the log held
 * before it, so that the same events come out however often it is done.
 */
public final class Import {
  private static final int MOST_BAD_LINES = 20;

  private final EventSink sink;
  private final EventCodec codec;
  private final ImportHistory history;

  /**
   * What came of it.
   *
   * @param published how many events were published now
   * @param alreadyThere how many were there before
   * @param badLineCount how many lines could not be read
   * @param firstBadLines the first of them
   */
  public record Result(
      long published, long alreadyThere, long badLineCount, List<BadLine> firstBadLines) {}

  public Import(EventSink sink, EventCodec codec, ImportHistory history) {
    this.sink = sink;
    this.codec = codec;
    this.history = history;
  }

  /**
   * Publishes what the log lacks of the recording, and waits until all is acknowledged.
   *
   * @throws RuntimeException if an event could not be published; what follows it was not either,
   *     and another run goes on from there
   */
  public Result run(Recording recording) {
    Run run = new Run(recording, history.of(recording));
    recording.parse(run::take);
    sink.flush();
    history.imported(run.begun.epoch(), run.sealer.heads().hashes());
    return new Result(
        run.operations - Math.min(run.operations, run.begun.events()),
        Math.min(run.operations, run.begun.events()),
        run.badLineCount,
        List.copyOf(run.badLines));
  }

  private final class Run {
    private final Recording recording;
    private final Begun begun;
    private final EventSealer sealer;
    private final byte[] digest;
    private final List<BadLine> badLines = new ArrayList<>();
    private long badLineCount;
    private long operations;

    Run(Recording recording, Begun begun) {
      this.recording = recording;
      this.begun = begun;
      this.digest = recording.digest().bytes();
      this.sealer =
          new EventSealer(
              codec, begun.epoch(), recording.bootId(), new KnownHeads(begun.heads(), false));
    }

    void take(Parsed parsed) {
      switch (parsed) {
        case BadLine bad -> {
          if (++badLineCount <= MOST_BAD_LINES) {
            badLines.add(bad);
          }
        }
        case Operation operation -> publish(operation);
      }
    }

    private void publish(Operation operation) {
      SealedEvent sealed =
          sealer.seal(
              EventIds.imported(digest, operations),
              new DeviceKey(recording.host(), operation.device()),
              Source.IMPORTED,
              operation.actor(),
              operation.hostTimeMicros(),
              operation.body());
      if (operations++ >= begun.events()) {
        sink.send(sealed);
      }
    }
  }
}
