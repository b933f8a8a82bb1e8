package dev.irqledger.cli;

/** How a command prints its answer. */
public enum OutputFormat {
  /** For people. */
  table,
  /** For programs; its fields are stable. */
  json
}
