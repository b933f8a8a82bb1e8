package dev.irqledger.replay.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.point.Point;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.InMemoryLog;
import dev.irqledger.replay.PointResolver;
import dev.irqledger.replay.Replayer;
import dev.irqledger.replay.ResolvedPoint;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A log of one device with {@link #EVENTS} events, and what somebody does to it. */
class VerificationProperties {
  private static final int EVENTS = 12;
  private static final String DEVICE = "hv/0000:01:00.0";
  private static final List<byte[]> VALUES = values(log());

  private static InMemoryLog log() {
    return log(EVENTS);
  }

  /** With another event in the place of one, and all that follows chained to that. */
  private static InMemoryLog log(int forged) {
    InMemoryLog log = new InMemoryLog(1);
    for (int i = 0; i < EVENTS; i++) {
      int fd = i % 2 == 0 ? 7 : -1;
      log.append(
          DEVICE,
          new InterruptsSet(
              SetIrqs.triggers(IrqIndex.MSIX, 0, i == forged ? 9 : fd),
              OptionalInt.of(0),
              0,
              null));
    }
    return log;
  }

  private static List<byte[]> values(InMemoryLog log) {
    List<byte[]> values = new ArrayList<>();
    log.read(
        new TreeMap<>(Map.of(0, (long) EVENTS)),
        record -> {
          values.add(record.value());
          return true;
        });
    return values;
  }

  private static Image replay(List<byte[]> values, Replayer.Observer observer) {
    InMemoryLog log = new InMemoryLog(1);
    values.forEach(value -> log.append(0, value));
    EventCodec codec = EventCodec.releasedOnly();
    ResolvedPoint end =
        new PointResolver(log, codec, InstantSource.system()).resolve(Point.LATEST, null);
    return new Replayer(log, codec).replay(end, _ -> true, _ -> true, observer);
  }

  /** The states that a service keeps of the log as it was written. */
  private static Map<DeviceKey, FoldedState> kept() {
    return replay(VALUES, Replayer.Observer.none()).devices();
  }

  private static Verification.Report verify(List<byte[]> values, Map<DeviceKey, FoldedState> kept) {
    Verification verification = new Verification(kept, Map.of());
    var _ = replay(values, verification);
    return verification.report();
  }

  /** Whether every record can be read, and nothing is wrong with what they say. */
  private static boolean sound(List<byte[]> values, Map<DeviceKey, FoldedState> kept) {
    Verification verification = new Verification(kept, Map.of());
    Image image = replay(values, verification);
    return image.unreadable().count() == 0 && verification.report().sound();
  }

  private static Set<String> what(Verification.Report report) {
    return report.faults().stream().map(Fault::what).collect(Collectors.toSet());
  }

  @Test
  void a_log_as_it_was_written_is_sound_and_gives_the_kept_states() {
    Verification.Report report = verify(VALUES, kept());
    assertTrue(report.sound());
    assertEquals(1, report.states().equal());
    assertEquals(0, report.states().behind());
    assertEquals(0, report.repeated());
  }

  @Property
  void one_bit_that_is_flipped_anywhere_is_found(
      @ForAll @IntRange(max = EVENTS - 1) int event, @ForAll @IntRange(max = 10_000) int place) {
    List<byte[]> flipped = new ArrayList<>(VALUES);
    byte[] value = VALUES.get(event).clone();
    int bit = place % (value.length * 8);
    value[bit / 8] ^= (byte) (1 << bit % 8);
    flipped.set(event, value);
    assertFalse(sound(flipped, kept()));
  }

  @Property
  void an_event_that_is_removed_is_found(@ForAll @IntRange(max = EVENTS - 1) int event) {
    List<byte[]> less = new ArrayList<>(VALUES);
    less.remove(event);
    assertFalse(sound(less, kept()));
    boolean lastOne = event == EVENTS - 1;
    assertEquals(lastOne, sound(less, Map.of()), "the log alone cannot know its end");
  }

  @Property
  void an_event_that_is_repeated_is_told_and_does_no_harm(
      @ForAll @IntRange(max = EVENTS - 1) int event) {
    List<byte[]> more = new ArrayList<>(VALUES);
    more.add(event + 1, VALUES.get(event));
    Verification.Report report = verify(more, Map.of());
    assertTrue(report.sound());
    assertEquals(1, report.repeated());
  }

  @Property
  void two_events_that_are_swapped_are_found(@ForAll @IntRange(max = EVENTS - 2) int event) {
    List<byte[]> swapped = new ArrayList<>(VALUES);
    swapped.set(event, VALUES.get(event + 1));
    swapped.set(event + 1, VALUES.get(event));
    assertFalse(sound(swapped, Map.of()));
  }

  private static Verification.Report against(List<byte[]> values, Heads heads) {
    Verification verification = new Verification(Map.of(), heads.byDevice());
    var _ = replay(values, verification);
    return verification.report();
  }

  @Property
  void a_forged_event_with_the_chain_computed_anew_is_found_by_a_head_that_was_signed_after_it(
      @ForAll @IntRange(max = EVENTS - 1) int forged,
      @ForAll @IntRange(min = 1, max = EVENTS) int signedAfter) {
    Heads signed = Heads.of(replay(VALUES.subList(0, signedAfter), Replayer.Observer.none()));
    List<byte[]> values = values(log(forged));
    assertTrue(sound(values, Map.of()), "the log alone cannot show it");
    Verification.Report report = against(values, signed);
    assertEquals(
        forged < signedAfter ? Set.of("HEAD_DIFFERS") : Set.of(), what(report), "forged " + forged);
    assertEquals(new Verification.SignedHeads(1, 1, 0), against(VALUES, signed).heads());
  }

  @Property
  void a_log_that_was_cut_short_lacks_the_head_that_was_signed(
      @ForAll @IntRange(max = EVENTS - 1) int length) {
    Heads signed = Heads.of(replay(VALUES, Replayer.Observer.none()));
    assertEquals(Set.of("HEAD_NOT_IN_LOG"), what(against(VALUES.subList(0, length), signed)));
  }

  @Test
  void a_kept_state_that_the_log_does_not_give_is_found() {
    DeviceKey device = DeviceKey.parse(DEVICE);
    FoldedState half = replay(VALUES.subList(0, 6), Replayer.Observer.none()).devices().get(device);
    LogPosition end = kept().get(device).position();
    Verification.Report other = verify(VALUES, Map.of(device, new FoldedState(half.state(), end)));
    assertEquals(Set.of("STATE_DIFFERS"), what(other));
    assertEquals(0, other.states().equal());
    Verification.Report beyond = verify(VALUES.subList(0, 6), kept());
    assertEquals(Set.of("STATE_NOT_IN_LOG"), what(beyond));
    Verification.Report behind = verify(VALUES, Map.of(device, half));
    assertTrue(behind.sound());
    assertEquals(1, behind.states().equal());
    assertEquals(1, behind.states().behind());
  }
}
