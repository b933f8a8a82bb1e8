package dev.irqledger.agent.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What a journal stands on. A simulation has one thread, a clock of its own, and a disk that fails
 * when it says so; everything else has {@link #REAL}.
 *
 * @param ownThread whether a thread of the journal's own commits what was appended, several
 *     callers' together; else each append is committed by its caller
 * @param connector opens the store
 * @param room the room kept in the journal's folder
 * @param clock the host's clock
 * @param nanoTime nanoseconds from any beginning
 */
public record JournalPlatform(
    boolean ownThread,
    Connector connector,
    Function<Path, Room> room,
    InstantSource clock,
    LongSupplier nanoTime) {
  public static final JournalPlatform REAL =
      new JournalPlatform(
          true,
          DriverManager::getConnection,
          Ballast::new,
          InstantSource.system(),
          System::nanoTime);

  /** Opens a data base, as {@link DriverManager#getConnection(String, Properties)} does. */
  @FunctionalInterface
  public interface Connector {
    Connection connect(String url, Properties settings) throws SQLException;
  }
}
