package dev.irqledger.agent.observe;

import static dev.irqledger.agent.observe.ObservedFixture.NOTHING;
import static dev.irqledger.agent.observe.ObservedFixture.ONE;
import static dev.irqledger.agent.observe.ObservedFixture.TWO;
import static dev.irqledger.agent.observe.ObservedFixture.arms;
import static dev.irqledger.agent.observe.ObservedFixture.msix;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.KernelView.Seen;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.event.StateObserved;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an observer looks at by itself: without a probe, after a failure, and when it is asked. */
class ObserverLooksTest {
  private static final Seen ZERO = new Seen(0, 40, true);
  private static final Seen ONE_MORE = new Seen(1, 41, true);
  private static final Duration ASKED = Duration.ofSeconds(50);

  private final ObservedFixture host = new ObservedFixture();

  @Test
  void without_a_probe_changes_are_found_at_the_next_look() {
    host.devices.addAll(Set.of(ONE, TWO));
    host.shown.put(ONE, msix(ZERO));
    host.shown.put(TWO, msix(ONE_MORE));
    Observer observer = host.lookingOnly();
    observer.step();
    assertEquals(2, host.snapshots().size());
    host.shown.put(ONE, NOTHING);
    host.devices.remove(TWO);
    host.pass(ObservedFixture.INTERVAL);
    observer.step();
    assertEquals(4, host.snapshots().size());
    assertEquals(0, host.state(ONE).counts().allocated());
    assertEquals(0, host.state(TWO).counts().allocated());
    assertEquals(Coverage.Mode.SNAPSHOTS_ONLY, observer.coverage().mode());
    assertEquals("no probe: none here; use another", observer.coverage().reason());
  }

  @Test
  void without_a_probe_a_device_in_motion_is_looked_at_again() {
    host.devices.add(ONE);
    host.shown.put(ONE, msix(ZERO));
    host.whileLooking.add(() -> host.shown.put(ONE, msix(ZERO, ONE_MORE)));
    Observer observer = host.lookingOnly();
    observer.step();
    assertEquals(List.of(), host.snapshots());
    observer.step();
    assertEquals(List.of(new StateObserved(msix(ZERO, ONE_MORE))), host.bodies());
  }

  @Test
  void a_probe_that_ends_leaves_the_snapshots_and_a_blind_time() {
    host.devices.add(ONE);
    host.shown.put(ONE, NOTHING);
    Observer observer = host.started();
    host.broken = new IOException("gone");
    observer.step();
    observer.step();
    assertEquals(Coverage.Mode.SNAPSHOTS_ONLY, observer.coverage().mode());
    assertEquals(1, observer.coverage().blind().size());
    assertEquals(2, host.snapshots().size());
  }

  @Test
  void a_device_that_was_held_before_and_is_with_vfio_no_more_holds_nothing() {
    host.heldBefore.addAll(Set.of(ONE, TWO));
    host.devices.add(TWO);
    host.shown.put(TWO, msix(ZERO));
    host.started();
    assertEquals(
        Map.of(ONE, new StateObserved(NOTHING), TWO, new StateObserved(msix(ZERO))),
        host.told.stream()
            .collect(Collectors.toMap(ObservedFixture.Told::device, ObservedFixture.Told::body)));
  }

  @Test
  void the_first_look_is_told_also_where_this_epoch_has_an_event_already() {
    host.heldBefore.add(ONE);
    host.devices.add(ONE);
    host.shown.put(ONE, NOTHING);
    CommandRefused refused = new CommandRefused("open failed: -EBUSY");
    host.record(ONE, Source.AGENT_CALL, Actor.UNKNOWN, refused, 1);
    host.lookingOnly().step();
    assertEquals(List.of(refused, new StateObserved(NOTHING)), host.bodies());
  }

  @Test
  void after_a_failure_every_device_is_told_anew_and_the_blind_time_is_kept() {
    host.devices.add(ONE);
    host.shown.put(ONE, msix(ZERO));
    Observer observer = Observer.probing(host, host.host(), Duration.ofMillis(1), host::record);
    host.failures.add(new IllegalStateException("no devices"));
    host.whileLooking.add(() -> {});
    host.whileLooking.add(observer::stop);
    observer.run();
    assertEquals(List.of(new StateObserved(msix(ZERO))), host.bodies());
    assertEquals(
        List.of("watching failed: java.lang.IllegalStateException: no devices"),
        observer.coverage().blind().stream().map(Coverage.Blind::reason).toList());
  }

  @Test
  @Timeout(60)
  void whoever_asks_for_a_look_gets_it_after_the_call_that_is_under_way() {
    host.devices.add(ONE);
    host.shown.put(ONE, NOTHING);
    Observer observer = host.started();
    host.prints(host.enters(7, ONE, arms(0, 1, "11")));
    List<EventBody> before = new ArrayList<>();
    CompletableFuture<Boolean> asked =
        CompletableFuture.supplyAsync(
            () -> observer.lookWhileCalm(ONE, _ -> before.addAll(host.bodies()), ASKED));
    while (!observer.isAsked()) {
      Thread.onSpinWait();
    }
    observer.step();
    assertFalse(asked.isDone());
    host.shown.put(ONE, msix(ZERO));
    host.prints(host.returns(7));
    observer.step();
    assertTrue(asked.join());
    assertEquals(3, before.size(), before::toString);
    assertEquals(new StateObserved(msix(ZERO)), before.getLast());
  }

  @Test
  @Timeout(60)
  void whoever_asks_for_a_look_learns_of_its_failure_and_of_the_end() {
    Observer observer = host.started();
    CompletableFuture<Boolean> failed =
        CompletableFuture.supplyAsync(() -> observer.lookWhileCalm(ONE, _ -> {}, ASKED));
    while (!failed.isDone()) {
      observer.step();
    }
    Throwable cause = assertThrows(CompletionException.class, failed::join).getCause();
    assertInstanceOf(VfioException.class, cause);
    observer.stop();
    assertFalse(observer.lookWhileCalm(ONE, _ -> {}, ASKED));
  }
}
