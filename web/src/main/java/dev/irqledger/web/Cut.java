package dev.irqledger.web;

import java.util.List;

/**
 * What a ledger held at one position, all of it: pages are cut from it.
 *
 * @param <T> of what
 * @param position the position
 * @param items in a fixed order
 */
public record Cut<T>(Position position, List<T> items) {
  public Cut {
    items = List.copyOf(items);
  }
}
