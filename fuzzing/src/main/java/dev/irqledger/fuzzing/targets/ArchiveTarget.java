package dev.irqledger.fuzzing.targets;

import dev.irqledger.core.point.Point;
import dev.irqledger.replay.Devices;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.archive.ArchiveCheck;
import dev.irqledger.replay.archive.ArchiveLogSource;
import dev.irqledger.wire.LookupUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A file of an archive, the others whole: the first byte says which. Everything that is done with
 * archives is tried; only {@link ReplayException} comes out, on one line. A manifest's last line is
 * put right, so that what it says is looked at.
 */
final class ArchiveTarget implements Target {
  private static final String SUM = "{\"sha256\":\"";

  private final Scratch scratch = new Scratch();
  private final Path archive = scratch.path().resolve("archive");
  private final List<String> files;

  ArchiveTarget() {
    SampleArchive.write(archive);
    try {
      files = SampleArchive.files(archive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void check(byte[] input) throws IOException {
    if (input.length == 0) {
      return;
    }
    String name = files.get((input[0] & 0xff) % files.size());
    byte[] content = Arrays.copyOfRange(input, 1, input.length);
    Path file = archive.resolve(name);
    byte[] whole = Files.readAllBytes(file);
    try {
      Files.write(file, name.equals(SampleArchive.MANIFEST) ? summed(content) : content);
      tryAll();
    } finally {
      Files.write(file, whole);
    }
  }

  private void tryAll() {
    tried(this::check);
    tried(this::replay);
    tried(source -> source.firstAfter(Instant.EPOCH));
    tried(source -> source.keptSchemas());
    tried(source -> source.lookups().enrolments().records());
    tried(source -> source.eventIndex().ifPresent(index -> index.find(new UUID(3, 5))));
    tried(source -> {
      for (int partition : source.ranges().keySet()) {
        var checkpoint = source.checkpoints().latest(partition, Long.MAX_VALUE);
        if (checkpoint != null) {
          checkpoint.states("", state -> {});
          checkpoint.states("hv-1/0000:01", state -> {});
        }
      }
    });
  }

  private interface Use {
    void of(ArchiveLogSource source);
  }

  private void tried(Use use) {
    try (ArchiveLogSource source = ArchiveLogSource.open(archive)) {
      use.of(source);
    } catch (ReplayException e) {
      Broken.unless(String.valueOf(e.getMessage()).lines().count() == 1, "a message is one line");
    } catch (LookupUnavailable e) {
      throw new IllegalStateException("an archive needs no cluster", e);
    }
  }

  private void check(ArchiveLogSource source) {
    ArchiveCheck.Report report = ArchiveCheck.run(archive, (done, all) -> {});
    for (ArchiveCheck.Finding finding : report.findings()) {
      Broken.unless(finding.line().lines().count() == 1, "a finding is one line");
    }
  }

  private void replay(ArchiveLogSource source) {
    var codec = source.lookups().codec();
    var latest =
        new PointResolver(source, codec, InstantSource.system()).resolve(Point.LATEST, null);
    var image = new Replayer(source, codec).state(latest, Devices.ALL, partition -> true);
    Broken.unless(image.devices() != null, "an image has devices");
  }

  /** The manifest with the sum that its lines have. */
  private static byte[] summed(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    int end = text.lastIndexOf(SUM);
    String lines = end < 0 ? text : text.substring(0, end);
    return Text.bytes(lines + SUM + sha256(Text.bytes(lines)) + "\"}\n");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  @Override
  public Stream<byte[]> seeds() {
    return files.stream().map(this::seed);
  }

  private byte[] seed(String name) {
    try {
      byte[] content = Files.readAllBytes(archive.resolve(name));
      byte[] seed = new byte[content.length + 1];
      seed[0] = (byte) files.indexOf(name);
      System.arraycopy(content, 0, seed, 1, content.length);
      return seed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> words() {
    return List.of(
        "\"partition\":",
        "\"begin\":",
        "\"end\":",
        "\"schema\":\"",
        "\"keys\":1",
        "\"segment\":0",
        "\"checkpoint\":0",
        "\"first\":",
        "\"last\":",
        "\"file\":\"",
        "9223372036854775807",
        "-1",
        "avro.codec",
        "avro.schema",
        "Obj\1");
  }

  @Override
  public int longest() {
    return 32 << 10;
  }

  @Override
  public void close() throws IOException {
    scratch.close();
  }
}
