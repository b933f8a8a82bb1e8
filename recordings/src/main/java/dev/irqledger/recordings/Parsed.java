package dev.irqledger.recordings;

/** What a parser makes of a recording: an operation, or a line it could not read. */
public sealed interface Parsed permits Operation, BadLine {
  /** The line it comes from, counted from 1. */
  long line();
}
