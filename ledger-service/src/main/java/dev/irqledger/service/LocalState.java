package dev.irqledger.service;

import dev.irqledger.service.ServiceException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder in which Kafka Streams keeps the state of one application on this machine.
 *
 * @param folder the state directory's folder with the application's id
 */
record LocalState(Path folder) {
  /** The file that a running instance holds locked (Streams' own StateDirectory). */
  private static final String LOCKED = "kafka-streams-process-metadata";

  static LocalState of(ServiceSettings settings) {
    return new LocalState(settings.stateDir().toAbsolutePath().resolve(settings.applicationId()));
  }

  /**
   * An instance that has lost its brokers has left the group, and still uses the folder.
   *
   * @throws ServiceException if that is so, or the folder cannot be used
   */
  void refuseWhileUsed() {
    Path locked = folder.resolve(LOCKED);
    if (!Files.exists(locked)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(locked, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw inUse();
      }
    } catch (OverlappingFileLockException e) {
      throw inUse();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private ServiceException inUse() {
    return new ServiceException(
        Kind.REFUSED,
        "an instance of the service uses "
            + folder
            + ": end it first, or name another --state-dir");
  }

  /**
   * Deletes the folder with all that is in it, if it is there.
   *
   * @throws ServiceException if that cannot be done
   */
  void delete() {
    if (!Files.exists(folder)) {
      return;
    }
    try {
      List<Path> deepestFirst;
      try (Stream<Path> all = Files.walk(folder)) {
        deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private ServiceException unusable(IOException e) {
    return new ServiceException(
        Kind.STATE_DIR,
        "the local state "
            + folder
            + " cannot be used or deleted ("
            + ClusterFailure.oneLine(e)
            + "): run this as the user that the service runs as",
        e);
  }
}
