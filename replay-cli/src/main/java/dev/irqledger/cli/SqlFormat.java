package dev.irqledger.cli;

/** What {@code replay sql} writes an answer as. */
public enum SqlFormat {
  /** For people. */
  table,
  /** With a line of names. */
  csv,
  /** An object a line. */
  json,
  /** For other engines; into a file only. */
  parquet
}
