package dev.irqledger.web.http;

/** Is told whom the API turns away. By many threads, and as often as somebody tries. */
@FunctionalInterface
public interface Refusals {
  /** For those who count nothing. */
  Refusals UNCOUNTED = (_, _) -> {};

  /**
   * Somebody was turned away.
   *
   * @param from the address that the connection came from
   */
  void refused(Refusal why, String from);
}
