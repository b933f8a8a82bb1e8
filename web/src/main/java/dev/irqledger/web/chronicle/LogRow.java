package dev.irqledger.web.chronicle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/** The events of all partitions as one row, in the order of the log. */
final class LogRow {
  private final List<Entry> entries = new ArrayList<>();
  private int settled;

  /** Adds one; it finds its place with {@link #settle}. */
  void add(Entry entry) {
    entries.add(entry);
  }

  /** Brings what was added into order: only what is not earlier than it has to move. */
  void settle() {
    if (settled == entries.size()) {
      return;
    }
    Entry earliest = Collections.min(entries.subList(settled, entries.size()), Entry.LOG_ORDER);
    int from = Math.min(settled, lower(earliest, settled));
    entries.subList(from, entries.size()).sort(Entry.LOG_ORDER);
    settled = entries.size();
  }

  /** How many of the first so many come before that one. */
  private int lower(Entry than, int among) {
    int found = Collections.binarySearch(entries.subList(0, among), than, Entry.LOG_ORDER);
    return found >= 0 ? found : -found - 1;
  }

  /** Takes the oldest ones out. */
  List<Entry> forget(int howMany) {
    List<Entry> oldest = entries.subList(0, howMany);
    List<Entry> gone = List.copyOf(oldest);
    oldest.clear();
    settled = entries.size();
    return gone;
  }

  int size() {
    return entries.size();
  }

  List<Entry> entries() {
    return entries;
  }

  /** The last entry that the point includes, -1 where it includes none. */
  int lastOf(SortedMap<Integer, Long> point) {
    int index = entries.size() - 1;
    while (index >= 0 && !includes(point, entries.get(index))) {
      index--;
    }
    return index;
  }

  private static boolean includes(SortedMap<Integer, Long> point, Entry entry) {
    return entry.offset() <= point.getOrDefault(entry.partition(), -1L);
  }
}
