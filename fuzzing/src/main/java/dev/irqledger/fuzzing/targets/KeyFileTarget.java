package dev.irqledger.fuzzing.targets;

import dev.irqledger.fuzzing.seed.Keys;
import dev.irqledger.wire.signature.KeyFile;
import dev.irqledger.wire.signature.KeyFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Files with Ed25519 keys. A file holds a key or is refused with {@link KeyFileException}, whose
 * message fits on one line and shows nothing of the file.
 */
final class KeyFileTarget implements Target {
  private static final int TELLING = 24;

  private final Scratch scratch = new Scratch();
  private final Path file = scratch.path().resolve("key.pem");

  @Override
  public void check(byte[] input) throws IOException {
    Files.write(file, input);
    read(input, KeyFile::signing);
    read(input, KeyFile::checking);
  }

  private void read(byte[] input, Function<Path, ?> reading) {
    try {
      Broken.unless(reading.apply(file) != null, "a key is read");
    } catch (KeyFileException e) {
      String message = String.valueOf(e.getMessage());
      Broken.unless(message.lines().count() == 1, "a message is one line");
      String text = Text.of(input).strip();
      Broken.unless(
          text.length() < TELLING || !message.contains(text), "a message shows nothing of a key");
    }
  }

  @Override
  public Stream<byte[]> seeds() {
    return Keys.pem().map(Text::bytes);
  }

  @Override
  public List<String> words() {
    return List.of("-----BEGIN PRIVATE KEY-----", "-----END PUBLIC KEY-----", "MCowBQYDK2VwAyEA");
  }

  @Override
  public void close() throws IOException {
    scratch.close();
  }
}
