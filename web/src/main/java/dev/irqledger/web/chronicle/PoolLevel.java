package dev.irqledger.web.chronicle;

import org.jspecify.annotations.Nullable;

/**
 * How full a host's pool is, and was.
 *
 * @param inUse what passed-through devices hold of it
 * @param peak the most that they held
 * @param peakAtMs when first, log time in milliseconds since 1970; 0 where it was nothing
 * @param size how much they can hold, where a call has found it empty; else null
 */
public record PoolLevel(int inUse, int peak, long peakAtMs, @Nullable Integer size) {
  static final PoolLevel NONE = new PoolLevel(0, 0, 0, null);

  PoolLevel at(int now, long time, boolean empty) {
    Integer known = size == null ? null : Integer.valueOf(Math.max(size, now));
    return new PoolLevel(
        now,
        Math.max(peak, now),
        now > peak ? time : peakAtMs,
        empty ? Integer.valueOf(now) : known);
  }
}
