package dev.irqledger.cli.sql;

import java.util.Locale;

/** The views. What they are is in {@code views/NAME.sql}. */
public enum View {
  /** From when to when a vector held an irq. */
  SPANS,
  /** What a host's devices held after each event. */
  LEVELS;

  /** Its name in SQL. */
  public String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  Described described() {
    return Described.read("views", sqlName());
  }
}
