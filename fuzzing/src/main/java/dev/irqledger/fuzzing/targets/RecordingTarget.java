package dev.irqledger.fuzzing.targets;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.recordings.BadLine;
import dev.irqledger.recordings.Operation;
import dev.irqledger.recordings.Parsed;
import dev.irqledger.recordings.PrintableText;
import dev.irqledger.recordings.RecordingFormat;
import dev.irqledger.recordings.RecordingParser;
import dev.irqledger.recordings.Samples;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.EventSealer;
import dev.irqledger.wire.KnownHeads;
import dev.irqledger.wire.SealedEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A recording of one format. Nothing is thrown; what comes out names a line that was given; a line
 * that cannot be read is told in words that a terminal can show; and every operation is an event
 * that is written, read again as the same, and folded.
 */
final class RecordingTarget implements Target {
  private static final int LINES_OF_A_SEED = 8;

  private final RecordingFormat format;
  private final List<String> samples;
  private final List<String> words;
  private final EventCodec codec = EventCodec.releasedOnly();

  private RecordingTarget(RecordingFormat format, List<String> samples, List<String> words) {
    this.format = format;
    this.samples = samples;
    this.words = words;
  }

  static RecordingTarget kernelTraces() {
    return new RecordingTarget(
        RecordingFormat.KERNEL_TRACE,
        List.of("kernel-6.12/nvme-021.jsonl", "kernel-6.1/e1000e-000.jsonl"),
        List.of("\"op\":\"open\"", "\"ret\":-28", "\"trigger\":true", "\"mode\":\"msix\"", "null"));
  }

  static RecordingTarget qemuTraces() {
    return new RecordingTarget(
        RecordingFormat.QEMU_TRACE,
        List.of(Samples.QEMU_BOOT_TRACE),
        List.of(
            "vfio_msi_enable (0000:01:00.0) Enabled 4 MSI vectors",
            "vfio_pci_reset_pm 0000:01:00.0 PCI PM Reset",
            ", noresize 1"));
  }

  static RecordingTarget probeText() {
    return new RecordingTarget(
        RecordingFormat.PROBE,
        List.of(Samples.QEMU_BOOT_PROBE),
        List.of("CPU:1 [LOST 3 EVENTS]", "set_irqs_ret: (", "vfio_release: (", " fds={-1,"));
  }

  @Override
  public void check(byte[] input) {
    new Reading(Text.lines(input)).run();
  }

  /** One input. */
  private final class Reading {
    private final List<String> lines;
    private final EventSealer sealer = new EventSealer(codec, 1, "boot", KnownHeads.FIRST_EPOCH);
    private final Map<DeviceKey, DeviceState> states = new HashMap<>();
    private long events;

    Reading(List<String> lines) {
      this.lines = lines;
    }

    void run() {
      RecordingParser parser = format.newParser();
      long number = 0;
      for (String line : lines) {
        var _ = RecordingFormat.detect(line);
        parser.line(++number, line, this::take);
      }
      parser.end(this::take);
    }

    private void take(Parsed parsed) {
      Broken.unless(parsed.line() >= 1 && parsed.line() <= lines.size(), "the line was given");
      switch (parsed) {
        case BadLine bad -> {
          Broken.unless(
              PrintableText.is(bad.text()) && PrintableText.is(bad.reason()),
              "a terminal can show it: " + bad);
          Broken.unless(bad.text().length() <= BadLine.MAX_TEXT, "a line is quoted in part");
        }
        case Operation operation -> fold(seal(operation));
      }
    }

    private SealedEvent seal(Operation operation) {
      SealedEvent sealed =
          sealer.seal(
              new UUID(1, events++),
              new DeviceKey("hv-1", operation.device()),
              Source.IMPORTED,
              operation.actor(),
              operation.hostTimeMicros(),
              operation.body());
      Broken.unlessEqual(
          new Decoded.Value<>(sealed.event()), codec.decode(sealed.bytes()), "an event of it");
      return sealed;
    }

    private void fold(SealedEvent sealed) {
      DeviceKey device = sealed.event().device();
      DeviceState before = states.computeIfAbsent(device, DeviceState::unseen);
      states.put(device, Ledger.fold(before, sealed.event()).state());
    }
  }

  @Override
  public Stream<byte[]> seeds() {
    return samples.stream().flatMap(this::parts);
  }

  /** Short parts of a sample: each begins as a whole one does. */
  private Stream<byte[]> parts(String sample) {
    List<String> all = Samples.lines(sample);
    String first = all.getFirst();
    return Stream.iterate(0, from -> from < all.size(), from -> from + LINES_OF_A_SEED)
        .limit(6)
        .map(from -> all.subList(from, Math.min(all.size(), from + LINES_OF_A_SEED)))
        .map(part -> Text.bytes(first + "\n" + String.join("\n", part)));
  }

  @Override
  public List<String> words() {
    return Stream.concat(words.stream(), Stream.of(new Bdf("0000:01:00.0").text())).toList();
  }

  /** A line of a trace tells of each vector. */
  @Override
  public int longest() {
    return 16 << 10;
  }
}
