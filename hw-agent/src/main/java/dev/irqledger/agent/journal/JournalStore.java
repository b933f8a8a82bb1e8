package dev.irqledger.agent.journal;

import dev.irqledger.agent.journal.JournalException.Kind;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.wire.KnownHeads;
import dev.irqledger.wire.topic.PolicyFollower;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.LockingMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** The journal's tables. One thread at a time may use it. */
final class JournalStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JournalStore.class);

  /** What the names of the facts begin with that are policies. */
  private static final String POLICY = "policy ";

  private static final int FORMAT = 1;

  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
          "CREATE TABLE IF NOT EXISTS events (row INTEGER PRIMARY KEY AUTOINCREMENT,"
              + " epoch INTEGER NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL)",
          "CREATE TABLE IF NOT EXISTS devices (device TEXT PRIMARY KEY, hash BLOB NOT NULL,"
              + " holder TEXT NOT NULL)",
          "CREATE TABLE IF NOT EXISTS intents (device TEXT PRIMARY KEY, op TEXT NOT NULL,"
              + " command TEXT)",
          "CREATE TABLE IF NOT EXISTS commands (id TEXT PRIMARY KEY, expires INTEGER NOT NULL)",
          "CREATE TABLE IF NOT EXISTS bindings (device TEXT PRIMARY KEY, former TEXT NOT NULL)");

  private static final String ADD_EVENT = "INSERT INTO events (epoch, key, value) VALUES (?, ?, ?)";
  private static final String PUT_DEVICE =
      "INSERT OR REPLACE INTO devices (device, hash, holder) VALUES (?, ?, ?)";
  private static final String ADD_INTENT =
      "INSERT OR REPLACE INTO intents (device, op, command) VALUES (?, ?, ?)";
  private static final String REMOVE_INTENT = "DELETE FROM intents WHERE device = ?";
  private static final String HOLDER_OF = "SELECT holder FROM devices WHERE device = ?";

  private final Connection db;
  private PreparedStatement addEvent;
  private PreparedStatement putDevice;
  private PreparedStatement addIntent;
  private PreparedStatement removeIntent;
  private PreparedStatement holderOf;

  private JournalStore(Connection db) throws SQLException {
    this.db = db;
    this.addEvent = db.prepareStatement(ADD_EVENT);
    this.putDevice = db.prepareStatement(PUT_DEVICE);
    this.addIntent = db.prepareStatement(ADD_INTENT);
    this.removeIntent = db.prepareStatement(REMOVE_INTENT);
    this.holderOf = db.prepareStatement(HOLDER_OF);
  }

  /** The driver closes a statement that failed, and so one that met a full disk: they are anew. */
  private void prepareAnew() throws SQLException {
    for (PreparedStatement old : List.of(addEvent, putDevice, addIntent, removeIntent, holderOf)) {
      old.close();
    }
    addEvent = db.prepareStatement(ADD_EVENT);
    putDevice = db.prepareStatement(PUT_DEVICE);
    addIntent = db.prepareStatement(ADD_INTENT);
    removeIntent = db.prepareStatement(REMOVE_INTENT);
    holderOf = db.prepareStatement(HOLDER_OF);
  }

  /**
   * Opens the store, and makes it where there is none.
   *
   * @throws JournalException if it is another host's, or of a later version
   */
  static JournalStore open(Path file, String host, Sync sync, JournalPlatform.Connector connector)
      throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    // no other process may use it, so the index of the log need not be shared through a mapping
    config.setLockingMode(LockingMode.EXCLUSIVE);
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(
        switch (sync) {
          case FULL -> SynchronousMode.FULL;
          case OFF -> SynchronousMode.OFF;
        });
    Connection db = connector.connect("jdbc:sqlite:" + file, config.toProperties());
    try {
      makeTables(db, file, host);
      return new JournalStore(db);
    } catch (SQLException | JournalException e) {
      db.close();
      throw e;
    }
  }

  private static void makeTables(Connection db, Path file, String host) throws SQLException {
    try (Statement statement = db.createStatement()) {
      int found = format(statement);
      if (found > FORMAT) {
        throw new JournalException(
            Kind.UNUSABLE, file + " was written by a later version of irq-ledger: use that one");
      }
      if (found == 0) {
        makeTables(db, statement, host);
      }
      try (ResultSet named =
          statement.executeQuery("SELECT value FROM facts WHERE name = 'host'")) {
        if (!named.next() || !named.getString(1).equals(host)) {
          throw new JournalException(
              Kind.FOREIGN, file + " is the journal of another host: name another --state-dir");
        }
      }
    }
  }

  private static int format(Statement statement) throws SQLException {
    try (ResultSet version = statement.executeQuery("PRAGMA user_version")) {
      return version.next() ? version.getInt(1) : 0;
    }
  }

  private static void makeTables(Connection db, Statement statement, String host)
      throws SQLException {
    var _ = statement.execute("BEGIN");
    for (String table : TABLES) {
      var _ = statement.executeUpdate(table);
    }
    try (PreparedStatement name = db.prepareStatement("INSERT INTO facts VALUES ('host', ?)")) {
      var _ = run(name, host);
    }
    var _ = statement.executeUpdate("PRAGMA user_version = " + FORMAT);
    var _ = statement.execute("COMMIT");
  }

  /**
   * Applies an entry; nothing of it is there for good before {@link #commit}.
   *
   * @return by how much the number of events grew
   */
  int apply(Entry entry) throws SQLException {
    if (entry instanceof Entry.Delivered(long upToRow)) {
      return -run("DELETE FROM events WHERE row <= ?", upToRow);
    }
    applyOther(entry);
    return entry instanceof Entry.Happened ? 1 : 0;
  }

  private void applyOther(Entry entry) throws SQLException {
    switch (entry) {
      case Entry.Intended(Intent intent, boolean _) -> intend(intent);
      case Entry.Happened(var event, Intent settles) -> {
        if (settles != null) {
          var _ = run(removeIntent, settles.device().text());
        }
        addEvent.setLong(1, event.event().epoch());
        addEvent.setString(2, event.key());
        addEvent.setBytes(3, event.bytes());
        var _ = addEvent.executeUpdate();
        putDevice(event.event());
      }
      case Entry.CommandTaken(UUID id, Instant expiresAt) -> {
        var _ = run("INSERT OR REPLACE INTO commands VALUES (?, ?)", id, expiresAt.toEpochMilli());
      }
      case Entry.Bound(Bdf device, String former) -> {
        var _ = run("INSERT OR IGNORE INTO bindings VALUES (?, ?)", device.text(), former);
      }
      case Entry.PutBack(Bdf device) -> {
        var _ = run("DELETE FROM bindings WHERE device = ?", device.text());
      }
      case Entry.TookOver(String bootId) -> putFact("boot", bootId);
      case Entry.Alive(Instant at) -> putFact("alive", at.toString());
      case Entry.LogOf(String clusterId) -> putFact("cluster", clusterId);
      case Entry.PolicyRead(String key, var policy) -> putFact(POLICY + key, text(policy));
      case Entry.Delivered _ -> throw new AssertionError("dealt with above");
    }
  }

  private void intend(Intent intent) throws SQLException {
    addIntent.setString(1, intent.device().text());
    addIntent.setString(2, intent.op());
    addIntent.setString(3, intent.commandId() == null ? null : intent.commandId().toString());
    var _ = addIntent.executeUpdate();
  }

  private void putDevice(InterruptEvent event) throws SQLException {
    String device = event.device().bdf().text();
    putDevice.setString(1, device);
    putDevice.setBytes(2, event.hash().toBytes());
    putDevice.setString(3, Holder.after(event, holder(device)).name());
    var _ = putDevice.executeUpdate();
  }

  private Holder holder(String device) throws SQLException {
    holderOf.setString(1, device);
    try (ResultSet found = holderOf.executeQuery()) {
      return found.next() ? Holder.valueOf(found.getString(1)) : Holder.NOBODY;
    }
  }

  /** Begins what {@link #commit} makes good as a whole. */
  void begin() throws SQLException {
    execute("BEGIN");
  }

  void commit() throws SQLException {
    execute("COMMIT");
  }

  /** Takes back what was applied since the beginning, and makes ready for another attempt. */
  void rollback() throws SQLException {
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      // where the disk was full SQLite did it by itself: https://sqlite.org/lang_transaction.html
      LOG.debug("nothing was left to roll back: {}", e.getMessage());
    }
    prepareAnew();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = db.createStatement()) {
      var _ = statement.execute(sql);
    }
  }

  @Nullable String fact(String name) throws SQLException {
    try (PreparedStatement query = db.prepareStatement("SELECT value FROM facts WHERE name = ?")) {
      query.setString(1, name);
      try (ResultSet found = query.executeQuery()) {
        return found.next() ? found.getString(1) : null;
      }
    }
  }

  /** The policy that was read last under that key; null where there was none. */
  PolicyFollower.@Nullable Written policy(String key) throws SQLException {
    String text = fact(POLICY + key);
    int end = text == null ? -1 : text.indexOf(' ');
    return text == null || end < 0
        ? null
        : new PolicyFollower.Written(text.substring(end + 1), text.substring(0, end));
  }

  /** Revision and value; empty for none, so that it takes the place of the one before. */
  private static String text(PolicyFollower.@Nullable Written policy) {
    return policy == null ? "" : policy.revision() + " " + policy.base64();
  }

  void putFact(String name, String value) throws SQLException {
    var _ = run("INSERT OR REPLACE INTO facts VALUES (?, ?)", name, value);
  }

  /** Events of one epoch, in order. */
  List<Undelivered> undelivered(int max) throws SQLException {
    List<Undelivered> found = new ArrayList<>();
    try (PreparedStatement query =
        db.prepareStatement("SELECT row, epoch, key, value FROM events ORDER BY row LIMIT ?")) {
      query.setInt(1, max);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Undelivered event =
              new Undelivered(
                  rows.getLong(1), rows.getLong(2), rows.getString(3), rows.getBytes(4));
          if (!found.isEmpty() && event.epoch() != found.getFirst().epoch()) {
            break;
          }
          found.add(event);
        }
      }
    }
    return found;
  }

  long count(String table) throws SQLException {
    try (Statement query = db.createStatement();
        ResultSet count = query.executeQuery("SELECT count(*) FROM " + table)) {
      return count.next() ? count.getLong(1) : 0;
    }
  }

  Set<UUID> commands() throws SQLException {
    Set<UUID> ids = new HashSet<>();
    try (Statement query = db.createStatement();
        ResultSet rows = query.executeQuery("SELECT id FROM commands")) {
      while (rows.next()) {
        ids.add(UUID.fromString(rows.getString(1)));
      }
    }
    return ids;
  }

  /** Forgets requests that expired before then. */
  void forgetCommands(Instant expiredBefore) throws SQLException {
    var _ = run("DELETE FROM commands WHERE expires < ?", expiredBefore.toEpochMilli());
  }

  Recovered recovered(String host) throws SQLException {
    Map<DeviceKey, EventHash> heads = new HashMap<>();
    Set<Bdf> opened = new TreeSet<>();
    Set<Bdf> held = new TreeSet<>();
    try (Statement query = db.createStatement();
        ResultSet rows = query.executeQuery("SELECT device, hash, holder FROM devices")) {
      while (rows.next()) {
        Bdf device = new Bdf(rows.getString(1));
        heads.put(new DeviceKey(host, device), EventHash.of(rows.getBytes(2)));
        Holder holder = Holder.valueOf(rows.getString(3));
        if (holder == Holder.THE_AGENT) {
          opened.add(device);
        }
        if (holder != Holder.NOBODY) {
          held.add(device);
        }
      }
    }
    String alive = fact("alive");
    return new Recovered(
        fact("boot"),
        fact("cluster"),
        // of a device that is not here nobody knows what a lost journal had
        new KnownHeads(heads, true),
        opened,
        held,
        intents(),
        bindings(),
        alive == null ? null : Instant.parse(alive));
  }

  private List<Intent> intents() throws SQLException {
    List<Intent> found = new ArrayList<>();
    try (Statement query = db.createStatement();
        ResultSet rows = query.executeQuery("SELECT device, op, command FROM intents")) {
      while (rows.next()) {
        String command = rows.getString(3);
        found.add(
            new Intent(
                new Bdf(rows.getString(1)),
                rows.getString(2),
                command == null ? null : UUID.fromString(command)));
      }
    }
    return found;
  }

  private Map<Bdf, String> bindings() throws SQLException {
    Map<Bdf, String> found = new TreeMap<>();
    try (Statement query = db.createStatement();
        ResultSet rows = query.executeQuery("SELECT device, former FROM bindings")) {
      while (rows.next()) {
        found.put(new Bdf(rows.getString(1)), rows.getString(2));
      }
    }
    return found;
  }

  private int run(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = db.prepareStatement(sql)) {
      return run(statement, values);
    }
  }

  /** How many rows it changed. */
  private static int run(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i] instanceof UUID id ? id.toString() : values[i]);
    }
    return statement.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    db.close();
  }
}
