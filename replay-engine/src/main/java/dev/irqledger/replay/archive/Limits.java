package dev.irqledger.replay.archive;

/**
 * When a segment is full.
 *
 * @param records the most records of one
 * @param bytes how many packed bytes end one
 */
record Limits(long records, long bytes) {
  /** What a killed pull has to read again at most, and an append to copy, for each partition. */
  static final Limits DEFAULT = new Limits(250_000, 32L << 20);

  boolean full(long itsRecords, long itsBytes) {
    return itsRecords >= records || itsBytes >= bytes;
  }
}
