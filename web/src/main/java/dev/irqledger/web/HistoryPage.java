package dev.irqledger.web;

import java.util.List;

/**
 * Some events of a device's history.
 *
 * @param position up to where the history was read
 * @param events in the order of the log
 * @param more whether others follow up to that position
 */
public record HistoryPage(Position position, List<PastEvent> events, boolean more) {
  public HistoryPage {
    events = List.copyOf(events);
  }
}
