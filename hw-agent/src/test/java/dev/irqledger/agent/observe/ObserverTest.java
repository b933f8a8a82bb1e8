package dev.irqledger.agent.observe;

import static dev.irqledger.agent.observe.ObservedFixture.DISABLE;
import static dev.irqledger.agent.observe.ObservedFixture.NOTHING;
import static dev.irqledger.agent.observe.ObservedFixture.ONE;
import static dev.irqledger.agent.observe.ObservedFixture.TWO;
import static dev.irqledger.agent.observe.ObservedFixture.arms;
import static dev.irqledger.agent.observe.ObservedFixture.msix;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView.Seen;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.fold.Drift;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.recordings.Operation;
import dev.irqledger.recordings.RecordingFormat;
import dev.irqledger.recordings.RecordingParser;
import dev.irqledger.recordings.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObserverTest {
  private static final Seen ZERO = new Seen(0, 40, true);
  private static final Seen ONE_MORE = new Seen(1, 41, true);
  private static final DeviceReleased CLOSED =
      new DeviceReleased(DeviceReleased.Cause.CLOSED, null);

  private final ObservedFixture host = new ObservedFixture();

  private static DeviceState imported(List<String> lines, Bdf device) {
    List<EventBody> bodies = new ArrayList<>();
    RecordingParser parser = RecordingFormat.PROBE.newParser();
    for (int i = 0; i < lines.size(); i++) {
      parser.line(
          i + 1,
          lines.get(i),
          parsed -> {
            if (parsed instanceof Operation operation && operation.device().equals(device)) {
              bodies.add(operation.body());
            }
          });
    }
    DeviceState state = DeviceState.unseen(new DeviceKey("host-1", device));
    for (EventBody body : bodies) {
      long sequence = state.head().sequence() + 1;
      InterruptEvent event =
          new InterruptEvent(
              new UUID(1, sequence),
              state.key(),
              "",
              1,
              sequence,
              state.head().hash(),
              false,
              Source.IMPORTED,
              Actor.UNKNOWN,
              0,
              body,
              new EventHash(1, 2, 3, sequence));
      state = Ledger.fold(state, event).state();
    }
    return state;
  }

  private static List<String> recordedOn612() throws IOException {
    try (InputStream in = ObserverTest.class.getResourceAsStream("probe-6.12.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private void call(int thread, Bdf device, String call) {
    host.prints(host.enters(thread, device, call), host.returns(thread));
  }

  @Test
  void a_recorded_run_gives_the_state_that_its_import_gives() {
    List<String> lines = Samples.lines(Samples.QEMU_BOOT_PROBE);
    Bdf device = new Bdf("0000:00:02.0");
    host.prints(lines.toArray(String[]::new));
    Observer observer = host.probing();
    while (!host.text.isEmpty()) {
      observer.step();
    }
    assertEquals(lines.size(), 2 * host.told.size());
    assertEquals(
        ObservedFixture.shape(imported(lines, device).interrupts()),
        ObservedFixture.shape(host.state(device).interrupts()));
    assertEquals(List.of(), host.violations);
  }

  @Test
  void a_run_recorded_on_a_real_kernel_is_told_call_by_call_with_its_four_releases()
      throws IOException {
    List<String> lines = recordedOn612();
    host.prints(lines.toArray(String[]::new));
    Observer observer = host.probing();
    while (!host.text.isEmpty()) {
      observer.step();
    }
    assertEquals(13, host.told.size());
    assertEquals(4, host.bodies().stream().filter(CLOSED::equals).count());
    for (String device : List.of("0000:01:00.0", "0000:02:00.0", "0000:03:00.0")) {
      DeviceState state = host.state(new Bdf(device));
      assertEquals(InterruptMode.NONE, state.interrupts().mode());
      assertFalse(state.uncertain());
    }
    assertEquals(List.of(), host.violations);
    assertEquals(402, observer.cpuVectors().orElseThrow().total());
    assertEquals(2, observer.cpuVectors().orElseThrow().onlineCpus());
    assertEquals(List.of(), observer.coverage().blind());
  }

  @Test
  void a_call_is_told_and_the_snapshot_after_it_brings_the_irqs() {
    host.devices.add(ONE);
    host.shown.put(ONE, NOTHING);
    Observer observer = host.started();
    host.shown.put(ONE, msix(ZERO, ONE_MORE));
    call(7, ONE, arms(0, 2, "11,12"));
    observer.step();
    assertEquals(
        List.of(Source.OBSERVED_STATE, Source.OBSERVED_CALL, Source.OBSERVED_STATE),
        host.told.stream().map(ObservedFixture.Told::source).toList());
    assertEquals(7, host.told.get(1).actor().pid());
    assertEquals(41, host.state(ONE).interrupts().vectors().get(1).irq());
    assertEquals(List.of(), host.violations);
  }

  @Test
  void nothing_is_added_to_the_log_while_a_device_stays_as_it_is() {
    host.devices.addAll(Set.of(ONE, TWO));
    host.shown.put(ONE, msix(ZERO));
    host.shown.put(TWO, NOTHING);
    Observer observer = host.started();
    for (int i = 0; i < 20; i++) {
      observer.step();
    }
    assertEquals(2, host.told.size());
    assertTrue(host.looks() >= 20, "it looked " + host.looks() + " times");
  }

  /** What happens on the device while it is looked at. */
  enum Meanwhile {
    A_WHOLE_CALL,
    A_CALL_BEGINS,
    A_CALL_ENDS,
    THE_LAST_CLOSE_BEGINS,
    ENTRIES_ARE_LOST,
    AN_UNSEEN_CALL_ENDS
  }

  @ParameterizedTest
  @EnumSource
  void what_was_seen_while_a_call_was_under_way_is_not_told(Meanwhile meanwhile) {
    host.devices.add(ONE);
    host.shown.put(ONE, msix(new Seen(9, 99, true))); // torn: never a state at rest
    Observer observer = host.probing();
    host.whileLooking.add(() -> {
      switch (meanwhile) {
        case A_WHOLE_CALL -> call(7, ONE, arms(0, 1, "11"));
        case A_CALL_BEGINS -> host.prints(host.enters(7, ONE, arms(0, 1, "11")));
        case A_CALL_ENDS -> call(7, ONE, arms(0, 1, "11"));
        case THE_LAST_CLOSE_BEGINS -> host.prints(host.releases(7, ONE));
        case ENTRIES_ARE_LOST -> host.prints("CPU:0 [LOST 3 EVENTS]");
        case AN_UNSEEN_CALL_ENDS -> host.prints(host.returns(7));
      }
      host.shown.put(ONE, msix(ZERO));
    });
    observer.step();
    assertEquals(List.of(), host.snapshots());
    switch (meanwhile) {
      case A_CALL_BEGINS -> host.prints(host.returns(7));
      case THE_LAST_CLOSE_BEGINS -> call(7, ONE, DISABLE);
      case A_WHOLE_CALL, A_CALL_ENDS, ENTRIES_ARE_LOST, AN_UNSEEN_CALL_ENDS -> {}
    }
    observer.step();
    assertEquals(
        List.of(new StateObserved(msix(ZERO))),
        host.snapshots().stream().map(ObservedFixture.Told::body).toList());
    assertEquals(List.of(), Drift.between(host.state(ONE), msix(ZERO)));
  }

  @Test
  void a_device_is_not_looked_at_while_a_call_on_it_is_under_way() {
    host.devices.addAll(Set.of(ONE, TWO));
    host.shown.put(ONE, NOTHING);
    host.shown.put(TWO, NOTHING);
    host.prints(host.enters(7, ONE, arms(0, 1, "11")));
    host.started();
    assertEquals(List.of(TWO), host.told.stream().map(ObservedFixture.Told::device).toList());
  }

  @Test
  void after_a_loss_every_device_is_told_anew_and_the_blind_time_is_kept() {
    host.devices.addAll(Set.of(ONE, TWO));
    host.shown.put(ONE, msix(ZERO));
    host.shown.put(TWO, NOTHING);
    Observer observer = host.started();
    host.told.clear();
    host.prints(host.enters(7, ONE, arms(0, 1, "11")));
    host.pass(Duration.ofSeconds(3));
    host.prints("CPU:1 [LOST 12 EVENTS]");
    observer.step();
    assertEquals(1, host.bodies().stream().filter(InterruptsSet.class::isInstance).count());
    assertEquals(2, host.snapshots().size());
    assertFalse(host.state(ONE).uncertain());
    Coverage.Blind blind = observer.coverage().blind().getFirst();
    assertEquals("the kernel lost 12 entries of its trace buffer on CPU 1", blind.reason());
    assertTrue(blind.toMicros().orElseThrow() - blind.fromMicros() >= 3_000_000);
    assertEquals(Coverage.Mode.PROBE, observer.coverage().mode());
  }

  @Test
  void the_agents_own_calls_are_not_told_and_its_own_devices_not_looked_at() {
    host.devices.add(ONE);
    host.own.add(ONE);
    host.shown.put(ONE, msix(ZERO));
    host.ownThreads.add(7);
    call(7, ONE, arms(0, 1, "11"));
    call(8, TWO, arms(0, 1, "11"));
    host.prints(host.releases(7, ONE), host.enters(7, ONE, DISABLE), host.returns(7));
    host.started();
    assertEquals(List.of(TWO), host.told.stream().map(ObservedFixture.Told::device).toList());
    assertEquals(1, host.looks()); // at the other one, in vain
  }

  @Test
  void a_killed_holders_device_is_released_and_holds_nothing() {
    host.devices.add(ONE);
    host.shown.put(ONE, msix(ZERO, ONE_MORE));
    Observer observer = host.started();
    host.shown.put(ONE, NOTHING);
    host.prints(host.releases(7, ONE), host.enters(7, ONE, DISABLE), host.returns(7));
    observer.step();
    assertEquals(List.of(new StateObserved(msix(ZERO, ONE_MORE)), CLOSED), host.bodies());
    assertEquals(0, host.state(ONE).counts().allocated());
    assertEquals(7, host.told.getLast().actor().pid());
  }

  @Test
  void descriptors_beyond_those_fetched_are_made_certain_by_the_snapshot() {
    host.devices.add(ONE);
    host.shown.put(ONE, msix(ZERO, new Seen(1, 41, false), new Seen(2, 42, true)));
    Observer observer = host.probing();
    call(7, ONE, arms(0, 3, "11"));
    observer.step();
    assertFalse(host.state(ONE).uncertain());
    assertEquals(List.of(), Drift.between(host.state(ONE), host.shown.get(ONE)));
    assertEquals(List.of(), host.violations);
  }

  @Test
  void it_runs_until_it_is_stopped() {
    host.devices.add(ONE);
    host.shown.put(ONE, NOTHING);
    Observer observer = host.probing();
    host.whileLooking.add(observer::stop);
    observer.run();
    assertEquals(1, host.snapshots().size());
  }

  @Test
  void the_time_of_a_call_is_that_of_the_trace_buffer_on_the_hosts_clock() {
    Observer observer = host.probing();
    call(7, ONE, arms(0, 1, "11"));
    host.pass(Duration.ofSeconds(5));
    observer.step();
    long now = host.host().clock().nowMicros();
    long late = now - host.told.getFirst().micros();
    assertTrue(late >= 5_000_000 && late < 5_100_000, late + " us");
  }
}
