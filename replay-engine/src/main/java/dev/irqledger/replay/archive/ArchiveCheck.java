package dev.irqledger.replay.archive;

import dev.irqledger.replay.ReplayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks all that an archive promises: that each file is what the manifest says, by its SHA-256;
 * then, partition by partition, that the records are in order and their index is right, that the
 * events' chains hold, and that each checkpoint is what a fold of the records gives.
 */
public final class ArchiveCheck {
  private final Path directory;
  private final Listener listener;
  private final List<Finding> findings = new ArrayList<>();
  private long files;
  private long records;
  private long checkpoints;

  /** Hears of the progress. */
  @FunctionalInterface
  public interface Listener {
    /**
     * @param done how many files were read so far
     * @param all how many will be
     */
    void checked(long done, long all);
  }

  /** What is wrong with what. */
  public enum Kind {
    /** A file is not what the manifest says, or contradicts another one. */
    DAMAGE,
    /** The files are whole, but the events in them do not link up: the log itself was like that. */
    CHAIN
  }

  /** A finding, in one line that names the file or place, and the remedy. */
  public record Finding(Kind kind, String line) {
    static Finding of(ReplayException unreadable) {
      return new Finding(Kind.DAMAGE, String.valueOf(unreadable.getMessage()));
    }
  }

  /**
   * What came of it.
   *
   * @param files how many files were compared with their checksums
   * @param records how many records were folded
   * @param checkpoints how many checkpoints were compared with the fold
   * @param findings what is wrong, empty where all is in order
   */
  public record Report(long files, long records, long checkpoints, List<Finding> findings) {}

  private ArchiveCheck(Path directory, Listener listener) {
    this.directory = directory;
    this.listener = listener;
  }

  /**
   * Checks an archive.
   *
   * @throws ReplayException if it has no manifest, or that one is damaged
   */
  public static Report run(Path directory, Listener listener) {
    ArchiveCheck check = new ArchiveCheck(directory, listener);
    check.run(ArchiveLogSource.open(directory));
    return new Report(check.files, check.records, check.checkpoints, List.copyOf(check.findings));
  }

  private void run(ArchiveLogSource archive) {
    List<StoredFile> all = archive.manifest().files().toList();
    for (StoredFile file : all) {
      checkFile(file);
      listener.checked(++files, all.size());
    }
    if (!findings.isEmpty()) {
      return; // what follows would tell of the same damage again
    }
    for (int partition : archive.manifest().partitions().keySet()) {
      PartitionCheck check = new PartitionCheck(directory, archive, partition, findings);
      try {
        check.run();
      } catch (ReplayException e) {
        findings.add(Finding.of(e));
      }
      records += check.records();
      checkpoints += check.checkpoints();
    }
  }

  private void checkFile(StoredFile stored) {
    Path file = directory.resolve(stored.name());
    try {
      long bytes = Files.size(file);
      if (bytes != stored.bytes()) {
        damage(file, "it has " + bytes + " bytes instead of " + stored.bytes());
      } else if (!Sha256.of(file).equals(stored.sha256())) {
        damage(file, "its SHA-256 is not the one in the manifest");
      }
    } catch (IOException e) {
      findings.add(Finding.of(ArchiveFailures.unreadable(file, e)));
    }
  }

  private void damage(Path file, String why) {
    findings.add(new Finding(Kind.DAMAGE, ArchiveFailures.damage(file.toString(), why)));
  }

  /** Files in the archive's directories that are none of it: leftovers of a killed writer. */
  static Set<String> leftovers(Path directory, Manifest manifest) throws IOException {
    Set<String> names = manifest.names();
    try (var there = Files.walk(directory, 2)) {
      return there
          .filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .filter(name ->
              !names.contains(name) && !name.equals(Layout.MANIFEST) && !name.equals(Layout.LOCK))
          .collect(Collectors.toSet());
    }
  }
}
