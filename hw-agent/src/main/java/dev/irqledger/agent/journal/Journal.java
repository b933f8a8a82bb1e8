package dev.irqledger.agent.journal;

import dev.irqledger.agent.journal.JournalException.Kind;
import dev.irqledger.wire.topic.PolicyFollower;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What the agent of a host is about to do, and what happened and is not yet in the log. Safe for
 * use by many threads. What is appended by several at once is committed together.
 *
 * <p>A full disk loses nothing: room for outcomes is kept beforehand. When that is needed, intents
 * are refused until there is room again, but for those of operations that only free. Any other
 * failure to write ends the journal, since a later event must not be there without an earlier one.
 */
public final class Journal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  /** With the topic of requests kept for a week, none can come again later than that. */
  private static final Duration COMMANDS_KEPT = Duration.ofDays(8);

  /** So many events are kept while no broker answers: at 10 a second, those of eleven days. */
  static final long MOST_EVENTS = 10_000_000;

  private final Path folder;
  private final String host;
  private final JournalLock lock;
  private final JournalStore store;
  private final JournalPlatform platform;
  private final KeptRoom room;
  private final LinkedBlockingQueue<Append> queue = new LinkedBlockingQueue<>();
  private final Set<UUID> commands = ConcurrentHashMap.newKeySet();
  private final AtomicLong backlog = new AtomicLong();
  private final @Nullable Thread writer;
  private volatile @Nullable JournalException broken;

  /** What one caller appends. The one without entries ends the writer. */
  private record Append(List<Entry> entries, CompletableFuture<Void> durable) {
    boolean needsRoom() {
      return entries.stream()
          .anyMatch(entry -> entry instanceof Entry.Intended intended && !intended.onlyFrees());
    }
  }

  private Journal(
      Path folder, String host, JournalLock lock, JournalStore store, JournalPlatform platform)
      throws SQLException, IOException {
    this.folder = folder;
    this.host = host;
    this.lock = lock;
    this.store = store;
    this.platform = platform;
    this.room = new KeptRoom(folder, platform);
    commands.addAll(store.commands());
    backlog.set(store.count("events"));
    this.writer =
        platform.ownThread()
            ? Thread.ofPlatform().daemon().name("agent-journal").unstarted(this::writeGroups)
            : null;
  }

  /**
   * Opens the journal of a host, and makes it where there is none. No other process can use it
   * until it is closed.
   *
   * @param folder the host's own folder
   * @throws JournalException if it cannot be used
   */
  public static Journal open(Path folder, String host, Sync sync) {
    return open(folder, host, sync, JournalPlatform.REAL);
  }

  /** As {@link #open(Path, String, Sync)}, on that ground. */
  public static Journal open(Path folder, String host, Sync sync, JournalPlatform platform) {
    JournalLock lock = null;
    try {
      makePrivate(folder);
      lock = JournalLock.take(folder);
      Path file = folder.resolve("journal.db");
      JournalStore store = JournalStore.open(file, host, sync, platform.connector());
      Journal journal = new Journal(folder, host, lock, store, platform);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      journal.room.keep();
      if (journal.writer != null) {
        journal.writer.start();
      }
      return journal;
    } catch (IOException | SQLException e) {
      close(lock);
      throw unusable(folder, e);
    } catch (JournalException e) {
      close(lock);
      throw e;
    }
  }

  private static void makePrivate(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** What the epochs before left behind; as it was when the journal was opened, or is now. */
  public synchronized Recovered recovered() {
    try {
      return store.recovered(host);
    } catch (SQLException e) {
      throw unusable(folder, e);
    }
  }

  /**
   * Begins an epoch. In which boot it did is there with {@link Entry.TookOver} only: an agent that
   * dies before must not hide from the next one that the host was booted.
   *
   * @param least the epoch is this or greater
   * @return the epoch, greater than all before it
   */
  public synchronized long beginEpoch(long least) {
    try {
      String last = store.fact("epoch");
      long epoch = Math.max(least, last == null ? 1 : Long.parseLong(last) + 1);
      withRoom(() -> {
        store.putFact("epoch", Long.toString(epoch));
        store.forgetCommands(platform.clock().instant().minus(COMMANDS_KEPT));
      });
      return epoch;
    } catch (IOException | SQLException e) {
      throw unusable(folder, e);
    }
  }

  /**
   * Takes entries down, all or none. The order of the calls is the order of the events.
   *
   * @return completes once they are there for good; fails with a {@link JournalException} if they
   *     will not be
   */
  public CompletableFuture<Void> append(List<Entry> entries) {
    Append append = new Append(List.copyOf(entries), new CompletableFuture<>());
    JournalException known = broken;
    if (known != null) {
      append.durable.completeExceptionally(known);
    } else {
      queue.add(append);
      JournalException since = broken;
      if (since != null) { // nobody may take it any more
        append.durable.completeExceptionally(since);
      } else if (writer == null) {
        var _ = writeGroup();
      }
    }
    return append.durable;
  }

  /**
   * Takes entries down, and waits until they are there for good.
   *
   * @throws JournalException if they will not be
   */
  public void write(Entry... entries) {
    await(append(List.of(entries)));
  }

  /**
   * Waits until what was appended is there for good.
   *
   * @throws JournalException if it will not be
   */
  public static void await(CompletableFuture<Void> durable) {
    try {
      durable.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof JournalException cause ? cause : e;
    }
  }

  /** Whether a request was taken, in this epoch or before. */
  public boolean commandTaken(UUID id) {
    return commands.contains(id);
  }

  /** The policy that was read last under that key; null where there was none. */
  public synchronized PolicyFollower.@Nullable Written policy(String key) {
    try {
      return store.policy(key);
    } catch (SQLException e) {
      throw unusable(folder, e);
    }
  }

  /** How many events the log may not have yet. */
  public long backlog() {
    return backlog.get();
  }

  /** The first events that the log may not have yet: those of one epoch, in order. */
  public synchronized List<Undelivered> undelivered(int max) {
    try {
      return store.undelivered(max);
    } catch (SQLException e) {
      throw unusable(folder, e);
    }
  }

  /** Takes what was appended so far, and closes. What the log does not have is kept. */
  @Override
  public void close() {
    queue.add(new Append(List.of(), new CompletableFuture<>()));
    try {
      if (writer == null) {
        var _ = writeGroup();
      } else {
        writer.join();
      }
      store.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      LOG.warn("closing the journal in {}: {}", folder, e.getMessage());
    }
    close(lock);
  }

  private void writeGroups() {
    while (writeGroup()) {
      // until the end, or a failure
    }
  }

  /** Takes all that waits, and waits for the first of it; false where it takes nothing further. */
  private boolean writeGroup() {
    List<Append> group = new ArrayList<>();
    try {
      group.add(queue.take());
      queue.drainTo(group);
      boolean last = group.removeIf(append -> append.entries.isEmpty());
      commit(group);
      if (last) {
        breakDown(group, new JournalException(Kind.UNUSABLE, "the journal is closed"));
      }
      return !last;
    } catch (InterruptedException e) {
      breakDown(group, new JournalException(Kind.UNUSABLE, "the journal was interrupted", e));
    } catch (IOException | SQLException | RuntimeException e) {
      breakDown(group, unusable(folder, e));
    }
    return false;
  }

  /** Nobody may go on as if it were written. */
  private void breakDown(List<Append> group, JournalException cause) {
    broken = cause;
    queue.drainTo(group);
    group.forEach(append -> append.durable.completeExceptionally(cause));
  }

  /** Something to be written. */
  @FunctionalInterface
  private interface Work {
    void write() throws SQLException;
  }

  /** Writes, and where the disk is full does so again with the room that was kept for that. */
  private void withRoom(Work work) throws SQLException, IOException {
    try {
      writeNow(work);
    } catch (SQLiteException e) {
      store.rollback();
      if (!isFull(e)) {
        throw e;
      }
      room.use();
      writeNow(work);
    }
  }

  private void writeNow(Work work) throws SQLException {
    store.begin();
    work.write();
    store.commit();
  }

  private synchronized void commit(List<Append> group) throws SQLException, IOException {
    List<Append> wanted = refuseIntentsWhereFull(group);
    long[] growth = {0};
    withRoom(() -> {
      growth[0] = 0;
      for (Append append : wanted) {
        for (Entry entry : append.entries) {
          growth[0] += store.apply(entry);
        }
      }
    });
    var _ = backlog.addAndGet(growth[0]);
    for (Append append : wanted) {
      append.entries.forEach(this::remember);
      append.durable.complete(null);
    }
  }

  private void remember(Entry entry) {
    if (entry instanceof Entry.CommandTaken(UUID id, Instant _)) {
      commands.add(id);
    }
  }

  private List<Append> refuseIntentsWhereFull(List<Append> group) {
    if (group.stream().noneMatch(Append::needsRoom) || hasRoom()) {
      return group;
    }
    List<Append> others = new ArrayList<>();
    for (Append append : group) {
      if (append.needsRoom()) {
        append.durable.completeExceptionally(noRoom());
      } else {
        others.add(append);
      }
    }
    return others;
  }

  private boolean hasRoom() {
    return room.isThere() && backlog.get() < MOST_EVENTS;
  }

  private JournalException noRoom() {
    return new JournalException(
        Kind.FULL,
        room.isFull()
            ? "no space is left in "
                + folder
                + ", and nothing is allocated until there is: free "
                + 2 * (Ballast.BYTES >> 20)
                + " MiB there; "
                + backlog.get()
                + " events in it are kept for the log"
            : folder
                + " holds "
                + backlog.get()
                + " events that the log does not have, and nothing is allocated until it has some:"
                + " start a broker");
  }

  private static boolean isFull(SQLiteException e) {
    // a quota that is used up is an error of writing
    return e.getResultCode() == SQLiteErrorCode.SQLITE_FULL
        || e.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_WRITE;
  }

  private static JournalException unusable(Path folder, Exception e) {
    return new JournalException(
        Kind.UNUSABLE,
        "the journal in "
            + folder
            + " cannot be used: "
            + reason(e)
            + ": mend the folder, or name another --state-dir (what is in this one is then not"
            + " published)",
        e);
  }

  private static String reason(Exception e) {
    return e instanceof java.nio.file.AccessDeniedException
        ? "permission denied"
        : String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }

  private static void close(@Nullable JournalLock lock) {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      LOG.warn("freeing the journal's lock: {}", e.getMessage());
    }
  }
}
