package dev.irqledger.replay.timeline;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.policy.Pool;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.replay.timeline.Series.Sample;
import dev.irqledger.wire.FoldedState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What happened after one point. Watches a replay from the log's beginning up to another point, so
 * that it knows what was there when it begins to look.
 */
public final class Timeline implements Replayer.Observer {
  private static final int MOST_NOTES = 500;
  private static final int MOST_DEVICES = 50;

  private final ResolvedPoint from;
  private final Map<DeviceKey, DeviceState> states = new HashMap<>();
  private final SortedMap<String, VectorCounts> held = new TreeMap<>();
  private final SortedMap<String, Series> pools = new TreeMap<>();
  private final SortedMap<DeviceKey, Lifelines> lives = new TreeMap<>();
  private final List<Note> notes = new ArrayList<>();
  private long noteCount;
  private long events;
  private long firstMillis = Long.MAX_VALUE;
  private long lastMillis;

  /**
   * Something that a reader should see: a rule that an event breaks, or a pool found empty.
   *
   * @param rule null for an empty pool
   * @param pool null for a broken rule
   */
  public record Note(
      LogRecord record, InterruptEvent event, @Nullable Violation rule, @Nullable Pool pool) {}

  /**
   * @param from what is in this point is not looked at
   */
  public Timeline(ResolvedPoint from) {
    this.from = from;
  }

  @Override
  public void begun(FoldedState state) {
    move(state.state());
  }

  @Override
  public void folded(LogRecord record, InterruptEvent event, Folded folded) {
    boolean looking = record.offset() > from.last().getOrDefault(record.partition(), -1L);
    if (looking) {
      look(record, event, folded);
    } else {
      move(folded.state());
    }
  }

  private void look(LogRecord record, InterruptEvent event, Folded folded) {
    long millis = record.logTimeMillis();
    firstMillis = Math.min(firstMillis, millis);
    lastMillis = Math.max(lastMillis, millis);
    events++;
    DeviceState before = states.getOrDefault(event.device(), DeviceState.unseen(event.device()));
    String host = event.device().host();
    series(host, millis);
    lifelines(before, millis, folded.state());
    move(folded.state());
    if (!before.counts().equals(folded.state().counts())) {
      series(host, millis).add(new Sample(millis, held(host)));
    }
    folded.violations().forEach(broken -> note(new Note(record, event, broken, null)));
    Pool empty = Pool.exhaustedAt(event.body());
    if (empty != null) {
      note(new Note(record, event, null, empty));
    }
  }

  private Series series(String host, long millis) {
    return pools.computeIfAbsent(
        host,
        _ -> {
          Series series = new Series();
          series.add(new Sample(millis, held(host)));
          return series;
        });
  }

  private void lifelines(DeviceState before, long millis, DeviceState after) {
    Lifelines lifelines = lives.get(after.key());
    if (lifelines == null && lives.size() < MOST_DEVICES) {
      lifelines = new Lifelines();
      lifelines.begin(before.interrupts().vectors(), millis);
      lives.put(after.key(), lifelines);
    }
    if (lifelines != null) {
      lifelines.change(before.interrupts().vectors(), after.interrupts().vectors(), millis);
    }
  }

  private void move(DeviceState to) {
    DeviceState before = states.put(to.key(), to);
    VectorCounts was = before == null ? VectorCounts.ZERO : before.counts();
    held.merge(to.key().host(), to.counts().minus(was), (now, difference) -> now.plus(difference));
  }

  private VectorCounts held(String host) {
    return held.getOrDefault(host, VectorCounts.ZERO);
  }

  private void note(Note note) {
    noteCount++;
    if (notes.size() < MOST_NOTES) {
      notes.add(note);
    }
  }

  /** Of each host at which something happened: what its devices held. */
  public SortedMap<String, Series> pools() {
    return Collections.unmodifiableSortedMap(pools);
  }

  /** Of each device to which something happened; of fifty devices at the most. */
  public SortedMap<DeviceKey, Lifelines> lives() {
    return Collections.unmodifiableSortedMap(lives);
  }

  /** The first of them. */
  public List<Note> notes() {
    return List.copyOf(notes);
  }

  /** How many there are. */
  public long noteCount() {
    return noteCount;
  }

  /** How many events were looked at. */
  public long events() {
    return events;
  }

  /** Log time of the first event looked at, milliseconds since 1970; 0 where there is none. */
  public long firstMillis() {
    return events == 0 ? 0 : firstMillis;
  }

  /** Log time of the last one. */
  public long lastMillis() {
    return lastMillis;
  }
}
