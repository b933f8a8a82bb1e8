package dev.irqledger.cli.imports;

import dev.irqledger.cli.InputException;
import dev.irqledger.cli.Lines;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.recordings.Operation;
import dev.irqledger.recordings.Parsed;
import dev.irqledger.recordings.RecordingFormat;
import dev.irqledger.recordings.RecordingParser;
import dev.irqledger.replay.ReplayException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A recording that is to be imported: read twice, once to learn what it is, once to import it.
 *
 * @param file where it is
 * @param host the host whose devices it tells of
 * @param format its format
 * @param digest SHA-256 over the host's name and the recording's lines, unpacked
 * @param operations how many operations it holds
 */
public record Recording(
    Path file, String host, RecordingFormat format, HexDigest digest, long operations) {
  private static final Bdf ANY = new Bdf("0000:00:00.0");

  /** A digest, compared by content. */
  public record HexDigest(String hex) {
    byte[] bytes() {
      return HexFormat.of().parseHex(hex);
    }
  }

  /**
   * Learns what a file is.
   *
   * @throws InputException if it cannot be read, is of no known format, or holds no operation
   */
  public static Recording open(Path file, String host) {
    MessageDigest sha256 = sha256();
    sha256.update(host.getBytes(StandardCharsets.UTF_8));
    First first = new First();
    Lines.read(
        file,
        (number, text) -> {
          sha256.update((byte) '\n');
          sha256.update(text.getBytes(StandardCharsets.UTF_8));
          first.line(number, text);
        });
    first.end();
    if (first.lines == 0) {
      throw new InputException(file + " is empty, so there is nothing to import");
    }
    if (first.format.isEmpty()) {
      throw new InputException(
          file
              + " is of no known format: a kernel trace (.jsonl), a QEMU trace log with vfio_*"
              + " lines, or the text of a call probe is expected");
    }
    if (first.operations == 0) {
      throw new InputException(file + " holds no operation, so there is nothing to import");
    }
    String hex = HexFormat.of().formatHex(sha256.digest());
    return new Recording(file, host, first.format.get(), new HexDigest(hex), first.operations);
  }

  /**
   * Checks a host's name.
   *
   * @throws ReplayException if it cannot be one
   */
  public static void requireHost(String host) {
    try {
      var _ = new DeviceKey(host, ANY);
    } catch (IllegalArgumentException e) {
      throw new ReplayException(ReplayException.Kind.WRONG_USE, "--host: " + e.getMessage());
    }
  }

  /** Hands over everything that the recording says, in order. */
  void parse(Consumer<? super Parsed> sink) {
    RecordingParser parser = format.newParser();
    Lines.read(file, (number, text) -> parser.line(number, text, sink));
    parser.end(sink);
  }

  /** What the log calls the recording, in the place of a host's boot. */
  String bootId() {
    return "import:" + digest.hex().substring(0, 32);
  }

  /** The least epoch that its events get: 31 bits of the digest, never 0. */
  long leastEpoch() {
    return Long.parseLong(digest.hex().substring(0, 8), 16) >>> 1 | 1;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** The first reading: format and number of operations. */
  private static final class First {
    private Optional<RecordingFormat> format = Optional.empty();
    private Optional<RecordingParser> parser = Optional.empty();
    private long operations;
    private long lines;

    void line(long number, String text) {
      lines++;
      if (format.isEmpty()) {
        format = RecordingFormat.detect(text);
        parser = format.map(RecordingFormat::newParser);
      }
      parser.ifPresent(p -> p.line(number, text, this::count));
    }

    void end() {
      parser.ifPresent(p -> p.end(this::count));
    }

    private void count(Parsed parsed) {
      if (parsed instanceof Operation) {
        operations++;
      }
    }
  }
}
