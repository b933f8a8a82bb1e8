package dev.irqledger.web.chronicle;

import java.util.List;

/**
 * What happened over time, in equal parts of it.
 *
 * @param fromMs where the first part begins, log time in milliseconds since 1970
 * @param toMs what lies behind it is not looked at
 * @param widthMs how long each part is
 * @param firstMs the first event's log time that is remembered; -1 where there is none
 * @param lastMs that of the last one
 * @param whole whether the log holds nothing before the first event that is remembered
 * @param parts in their order
 */
public record Timeline(
    long fromMs,
    long toMs,
    long widthMs,
    long firstMs,
    long lastMs,
    boolean whole,
    List<Part> parts) {
  public Timeline {
    parts = List.copyOf(parts);
  }

  /**
   * A part of it.
   *
   * @param events how many events it has
   * @param findings how many of them break a rule or found a pool empty
   * @param armed armed vectors at its end
   * @param cached cached ones
   * @param reserved reserved ones
   * @param peak the most that were allocated after any of its events, or at its beginning
   * @param peakArmed the most that were armed
   */
  public record Part(
      int events, int findings, int armed, int cached, int reserved, int peak, int peakArmed) {}
}
