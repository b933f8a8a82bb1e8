package dev.irqledger.recordings;

/** What a line of a kernel trace is. */
public sealed interface TraceEntry permits TraceHeader, TraceStep, BadLine {
  /** The line's number, counted from 1. */
  long line();
}
