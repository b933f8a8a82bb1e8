package dev.irqledger.web.chronicle;

import java.util.Arrays;

/**
 * Where the records of one partition are, and when they were appended: sixteen bytes for each. The
 * times never fall: a record that is stamped earlier than one before it counts as of that one's.
 */
final class Lane {
  private long[] offsets = new long[256];
  private long[] times = new long[256];
  private int count;

  /** The first offset that is remembered; what lies before is known only as what it made. */
  private long begin;

  private long end;
  private long timeBefore;

  /**
   * @param begin the first offset that will be added
   * @param timeBefore the latest log time before it; -1 for none
   */
  Lane(long begin, long timeBefore) {
    this.begin = begin;
    this.end = begin;
    this.timeBefore = timeBefore;
  }

  /** Adds the next record; the answer is the time that counts for it. */
  long add(long offset, long time) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, Math.multiplyExact(count, 2));
      times = Arrays.copyOf(times, offsets.length);
    }
    offsets[count] = offset;
    times[count] = Math.max(time, lastTime());
    count++;
    end = Math.max(end, offset + 1);
    return times[count - 1];
  }

  /** All up to there was read; what holds no record may lie at the end of a partition. */
  void readTo(long newEnd) {
    end = Math.max(end, newEnd);
  }

  /** Forgets the oldest records; the answer is how many. */
  int forget(int howMany) {
    int gone = Math.min(howMany, count);
    if (gone > 0) {
      timeBefore = times[gone - 1];
      begin = offsets[gone - 1] + 1;
      offsets = Arrays.copyOfRange(offsets, gone, Math.max(gone + 256, offsets.length));
      times = Arrays.copyOfRange(times, gone, gone + offsets.length);
      count -= gone;
    }
    return gone;
  }

  long begin() {
    return begin;
  }

  long end() {
    return end;
  }

  /** The latest log time before what is remembered; -1 where nothing is before it. */
  long timeBefore() {
    return timeBefore;
  }

  int count() {
    return count;
  }

  long lastTime() {
    return count == 0 ? timeBefore : times[count - 1];
  }

  /** The latest log time among the records up to that offset; -1 where there is none. */
  long timeAt(long last) {
    int index = lower(offsets, last + 1);
    return index == 0 ? timeBefore : times[index - 1];
  }

  /** The last offset of those before that time, or up to it; one before the begin for none. */
  long lastUpTo(long time, boolean inclusive) {
    int index = inclusive ? lower(times, time + 1) : lower(times, time);
    return index == 0 ? begin - 1 : offsets[index - 1];
  }

  /** The first offset after that time, -1 where there is none. */
  long firstAfter(long time) {
    int index = lower(times, time + 1);
    return index == count ? -1 : offsets[index];
  }

  /** How many of the first values are less than that. */
  private int lower(long[] values, long than) {
    int found = Arrays.binarySearch(values, 0, count, than);
    int index = found >= 0 ? found : -found - 1;
    while (index > 0 && values[index - 1] >= than) {
      index--;
    }
    return index;
  }
}
