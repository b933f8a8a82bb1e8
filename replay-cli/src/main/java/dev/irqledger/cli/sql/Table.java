package dev.irqledger.cli.sql;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The tables. What is told of them and of their columns is in {@code tables.sql}. */
public enum Table {
  /** Every event. */
  EVENTS,
  /** What each event changed. */
  CHANGES,
  /** Rules that were broken. */
  VIOLATIONS,
  /** The devices at the point. */
  DEVICES,
  /** Their vectors at the point. */
  VECTORS;

  /** Tables that only a fold of the whole log fills; a state at a point has the others. */
  public static final Set<Table> OF_HISTORY = Set.copyOf(EnumSet.of(EVENTS, CHANGES, VIOLATIONS));

  /** Its name in SQL. */
  public String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
