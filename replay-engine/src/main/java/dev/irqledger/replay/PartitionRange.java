package dev.irqledger.replay;

/**
 * What a partition holds.
 *
 * @param begin the offset of its first record; above 0 where the log was cut
 * @param end one past the offset of its last record
 */
public record PartitionRange(long begin, long end) {
  /** Of a partition that never held a record. */
  public static final PartitionRange EMPTY = new PartitionRange(0, 0);

  public boolean isEmpty() {
    return begin == end;
  }

  /** True where records that once were there are gone. */
  public boolean isCut() {
    return begin > 0;
  }
}
