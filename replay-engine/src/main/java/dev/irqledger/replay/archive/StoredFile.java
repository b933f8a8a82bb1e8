package dev.irqledger.replay.archive;

/**
 * A file of an archive, as the manifest knows it.
 *
 * @param name its path below the archive's directory
 * @param bytes its length
 * @param sha256 the SHA-256 of its content, in hexadecimal
 */
public record StoredFile(String name, long bytes, String sha256) {
  /** Names that this version gives and takes; nothing that leads out of the directory. */
  private static final String NAME = "[a-z]+/[0-9a-f-]+(\\.[a-z]+)+";

  public StoredFile {
    if (!name.matches(NAME) || bytes < 0 || !sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("no file of an archive: " + name);
    }
  }
}
