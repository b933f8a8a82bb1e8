package dev.irqledger.replay.verify;

import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.ReplayException.Kind;
import dev.irqledger.wire.signature.KeyFile;
import dev.irqledger.wire.signature.KeyFileException;
import dev.irqledger.wire.signature.SigningKey;
import dev.irqledger.wire.signature.VerifyingKey;
import java.nio.file.Path;
import java.util.function.Function;

/** The keys by which heads are signed and checked. */
public final class HeadKeys {
  private HeadKeys() {}

  /**
   * A key that signs.
   *
   * @throws ReplayException if the file cannot be read or holds no such key; the message does not
   *     show what it holds
   */
  public static SigningKey signing(Path file) {
    return read(file, KeyFile::signing);
  }

  /**
   * A key by which signatures are checked.
   *
   * @throws ReplayException if the file cannot be read or holds no such key
   */
  public static VerifyingKey checking(Path file) {
    return read(file, KeyFile::checking);
  }

  private static <T> T read(Path file, Function<Path, T> reading) {
    try {
      return reading.apply(file);
    } catch (KeyFileException e) {
      throw new ReplayException(Kind.INPUT_UNREADABLE, String.valueOf(e.getMessage()), e);
    }
  }
}
