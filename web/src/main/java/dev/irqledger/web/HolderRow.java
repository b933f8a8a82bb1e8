package dev.irqledger.web;

import dev.irqledger.core.event.Actor;
import dev.irqledger.core.state.Phase;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.wire.FoldedState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A device, who used it last, and what it holds for nobody.
 *
 * @param device the device
 * @param user who made its last call; null where nobody is known
 * @param idle its vectors without a trigger, in groups of those that became so at once, the oldest
 *     first
 */
public record HolderRow(DeviceRow device, @Nullable Actor user, List<IdleGroup> idle) {
  /** More are not told of one device. */
  static final int MOST_GROUPS = 64;

  public HolderRow {
    idle = List.copyOf(idle);
  }

  /**
   * Vectors without a trigger that became so at the same moment.
   *
   * @param cached whether they had one
   * @param sinceMicros when, by the host's clock, in microseconds since 1970; 0 where not known
   * @param first the lowest of them
   * @param count how many
   */
  public record IdleGroup(boolean cached, long sinceMicros, int first, int count) {}

  private record Moment(long micros, boolean cached) {}

  static HolderRow of(FoldedState folded, List<PastEvent> events) {
    Map<Moment, IdleGroup> groups =
        new TreeMap<>(Comparator.comparingLong(Moment::micros).thenComparing(Moment::cached));
    folded
        .state()
        .interrupts()
        .vectors()
        .forEach((number, vector) -> {
          if (!vector.armed()) {
            Moment moment = moment(vector);
            groups.merge(
                moment,
                new IdleGroup(moment.cached(), moment.micros(), number, 1),
                (all, one) -> new IdleGroup(all.cached, all.sinceMicros, all.first, all.count + 1));
          }
        });
    List<IdleGroup> idle = new ArrayList<>(groups.values());
    return new HolderRow(
        DeviceRow.of(folded), user(events), idle.subList(0, Math.min(idle.size(), MOST_GROUPS)));
  }

  private static Moment moment(VectorState vector) {
    return new Moment(vector.sinceMicros(), vector.phase() == Phase.CACHED);
  }

  private static @Nullable Actor user(List<PastEvent> events) {
    return events.reversed().stream()
        .map(past -> past.event().actor())
        .filter(actor -> actor.vm() != null || actor.command() != null || actor.pid() != 0)
        .findFirst()
        .orElse(null);
  }
}
