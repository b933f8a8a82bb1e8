package dev.irqledger.fuzzing.targets;

import dev.irqledger.cli.InputException;
import dev.irqledger.cli.imports.Recording;
import dev.irqledger.recordings.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * A file that is to be imported, of whatever format, packed or not. It is a recording with an
 * operation at the least, or refused with {@link InputException} on one line.
 */
final class RecordingFileTarget implements Target {
  private static final int LINES = 8;

  private final Scratch scratch = new Scratch();
  private final Path file = scratch.path().resolve("recording");

  @Override
  public void check(byte[] input) throws IOException {
    Files.write(file, input);
    try {
      Recording recording = Recording.open(file, "hv-1");
      Broken.unless(recording.operations() > 0, "a recording holds an operation");
    } catch (InputException e) {
      Broken.unless(String.valueOf(e.getMessage()).lines().count() == 1, "a message is one line");
    }
  }

  @Override
  public Stream<byte[]> seeds() {
    return Stream.of("kernel-6.12/nvme-021.jsonl", Samples.QEMU_BOOT_TRACE, Samples.QEMU_BOOT_PROBE)
        .map(sample -> Text.bytes(String.join("\n", Samples.lines(sample).subList(0, LINES))))
        .flatMap(text -> Stream.of(text, packed(text)));
  }

  private static byte[] packed(byte[] text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  @Override
  public List<String> words() {
    return List.of("\"kernel\":", "\"op\":\"open\"", "vfio_", "# tracer:");
  }

  @Override
  public void close() throws IOException {
    scratch.close();
  }
}
