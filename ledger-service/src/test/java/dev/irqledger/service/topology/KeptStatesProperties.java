package dev.irqledger.service.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Interrupts;
import dev.irqledger.core.state.Phase;
import dev.irqledger.core.state.Profile;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.service.RandomLog;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.DeviceStateCodec;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.SchemaCatalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** Whole states in, slices in the store, whole states out. */
final class KeptStatesProperties {
  private static final SchemaCatalog SCHEMAS = SchemaCatalog.releasedOnly();
  private static final DeviceStateCodec RECORDS = new DeviceStateCodec(SCHEMAS);
  private static final List<DeviceKey> DEVICES =
      IntStream.range(0, 3)
          .mapToObj(i -> new DeviceKey("hv-1", new Bdf("0000:0" + i + ":00.0")))
          .toList();

  /** Of an ordinary event. */
  private static final int EVENT_BYTES = 300;

  private WatchedStore store = new WatchedStore();

  private KeptStates kept() {
    return new KeptStates(SCHEMAS, store.store());
  }

  private StateReader reader() {
    return new StateReader(SCHEMAS, store.store());
  }

  @Property(tries = 100)
  void what_was_written_last_is_read_also_by_a_task_that_begins_anew(@ForAll long seed) {
    store = new WatchedStore(); // jqwik keeps the instance from one try to the next
    Random random = new Random(seed);
    Map<DeviceKey, FoldedState> inMemory = new TreeMap<>();
    Map<DeviceKey, FoldedState> written = new TreeMap<>();
    KeptStates kept = kept();
    for (int offset = 0; offset < 60; offset++) {
      DeviceKey device = DEVICES.get(random.nextInt(DEVICES.size()));
      if (random.nextInt(4) == 0) {
        kept.write();
        written = new TreeMap<>(inMemory);
      }
      if (random.nextInt(8) == 0) { // a task that was not asked to write is gone
        kept = kept();
        inMemory = new TreeMap<>(written);
      }
      FoldedState before = kept.of(device);
      assertEquals(
          inMemory.getOrDefault(device, folded(device, VectorMap.EMPTY, -1)).state(),
          before.state());
      FoldedState after =
          folded(device, changed(before.state().interrupts().vectors(), random), offset);
      assertTrue(kept.put(after, random.nextInt(1 << 18)));
      inMemory.put(device, after);
      assertEquals(after, kept.of(device));
      if (random.nextBoolean()) {
        assertArrayEquals(RECORDS.encode(after), kept.record(device));
      }
      assertEquals(Optional.ofNullable(written.get(device)), reader().read(device));
    }
    List<FoldedState> all = new ArrayList<>();
    reader().forEach(all::add);
    all.sort(Comparator.comparing(state -> state.state().key()));
    assertEquals(List.copyOf(written.values()), all);
    assertEquals(
        written.values().stream().mapToInt(KeptStatesProperties::slices).sum(),
        store.keys().size());
  }

  @Example
  void many_events_of_a_device_are_one_write() {
    KeptStates kept = kept();
    DeviceKey device = DEVICES.getFirst();
    for (int vectors = 1; vectors <= VectorMap.PAGE_VECTORS; vectors++) {
      assertTrue(kept.put(folded(device, full(vectors), vectors), EVENT_BYTES));
    }
    assertEquals(List.of(), store.puts());
    kept.write();
    assertEquals(2, store.puts().size(), "the head and one slice");
    kept.write();
    assertEquals(2, store.puts().size(), "nothing changed");
  }

  /**
   * A head is encoded once a commit, and whether it still goes into a record is known before: by
   * how much an event can add to it.
   */
  @Property(tries = 50)
  void no_event_adds_more_to_a_head_than_is_reckoned_with(@ForAll long seed) {
    StateSlices slices = new StateSlices(SCHEMAS);
    Map<DeviceKey, DeviceState> states = new TreeMap<>();
    EventCodec codec = EventCodec.releasedOnly();
    for (RandomLog.Entry entry : RandomLog.of(seed)) {
      if (!(codec.decode(entry.value()) instanceof Decoded.Value<InterruptEvent>(var event))) {
        continue; // rubbish
      }
      DeviceState before = states.computeIfAbsent(event.device(), DeviceState::unseen);
      DeviceState after = Ledger.fold(before, event).state();
      states.put(event.device(), after);
      int grown = head(slices, after).length - head(slices, before).length;
      assertTrue(
          grown <= 2 * entry.value().length + KeptStates.MOST_BESIDE_EVENT,
          () -> grown + " bytes more by an event of " + entry.value().length);
    }
  }

  private static byte[] head(StateSlices slices, DeviceState state) {
    return slices.head(new FoldedState(state, new LogPosition(5, 1L << 40, 1L << 41)), 0);
  }

  /** A head, and a slice for each page that holds something. */
  private static int slices(FoldedState folded) {
    VectorMap vectors = folded.state().interrupts().vectors();
    int slices = 1;
    for (int v = vectors.next(0);
        v >= 0;
        v = vectors.next((v / VectorMap.PAGE_VECTORS + 1) * VectorMap.PAGE_VECTORS)) {
      slices++;
    }
    return slices;
  }

  private static VectorMap changed(VectorMap vectors, Random random) {
    VectorMap map = random.nextInt(10) == 0 ? VectorMap.EMPTY : vectors;
    int touched = 1 + random.nextInt(random.nextInt(5) == 0 ? 200 : 3);
    int first = random.nextInt(2048 - touched);
    for (int v = first; v < first + touched; v++) {
      map = map.with(v, random.nextInt(4) == 0 ? null : vector(random.nextInt(100)));
    }
    return map;
  }

  private static VectorState vector(int number) {
    return number % 2 == 0
        ? new VectorState(Phase.ARMED, 40 + number, number, number % 3 == 0, 1_000L * number)
        : new VectorState(Phase.CACHED, 40 + number, -1, false, 1_000L * number);
  }

  private static FoldedState folded(DeviceKey device, VectorMap vectors, long offset) {
    InterruptMode mode = vectors.isEmpty() ? InterruptMode.NONE : InterruptMode.MSIX;
    return new FoldedState(
        DeviceState.unseen(device).with(Interrupts.NONE.withMode(mode).withVectors(vectors)),
        new LogPosition(0, offset, 1000 + offset));
  }

  private static VectorMap full(int vectors) {
    VectorMap map = VectorMap.EMPTY;
    for (int v = 0; v < vectors; v++) {
      map = map.with(v, vector(2 * v));
    }
    return map;
  }

  @Example
  void an_event_that_touches_one_vector_costs_the_same_however_many_the_device_has() {
    long[] bytes = new long[2];
    int[] sizes = {32, 2048};
    for (int i = 0; i < sizes.length; i++) {
      KeptStates kept = kept();
      DeviceKey device = DEVICES.get(i);
      VectorMap vectors = full(sizes[i]);
      assertTrue(kept.put(folded(device, vectors, 1), EVENT_BYTES));
      kept.write();
      store.forgetPuts();
      assertTrue(kept.put(folded(device, vectors.with(20, null), 2), EVENT_BYTES));
      kept.write();
      assertEquals(2, store.puts().size(), "the head and one slice");
      bytes[i] = store.puts().stream().mapToLong(write -> write.value.length).sum();
    }
    assertEquals(bytes[0], bytes[1]);
  }

  @Example
  void a_state_that_the_log_could_not_carry_changes_nothing() {
    KeptStates kept = kept();
    DeviceKey device = DEVICES.getFirst();
    FoldedState before = folded(device, full(40), 1);
    assertTrue(kept.put(before, EVENT_BYTES));
    Profile seen = Profile.UNSEEN;
    for (int length : new int[] {(1 << 20) - (64 << 10), 2 << 20}) {
      Profile large =
          new Profile(
              new KernelRelease("x".repeat(length)),
              seen.capabilities(),
              seen.generation(),
              seen.identity(),
              seen.open());
      FoldedState after = folded(device, full(20), 2);
      assertFalse(kept.put(new FoldedState(after.state().with(large), after.position()), length));
      assertEquals(before, kept.of(device));
      kept.write();
      assertEquals(Optional.of(before), reader().read(device));
    }
  }

  @Example
  void slices_of_two_states_are_read_again_until_they_belong_together() {
    DeviceKey device = DEVICES.getFirst();
    KeptStates kept = kept();
    FoldedState after = folded(device, full(64), 2);
    assertTrue(kept.put(folded(device, full(40), 1), EVENT_BYTES));
    kept.write();
    assertTrue(kept.put(after, EVENT_BYTES));
    store.beforeScan(kept::write); // between the head and its slices
    assertEquals(Optional.of(after), reader().read(device));
  }

  @Example
  void slices_that_never_belong_together_are_no_state() {
    DeviceKey device = DEVICES.getFirst();
    KeptStates kept = kept();
    assertTrue(kept.put(folded(device, full(40), 1), EVENT_BYTES));
    kept.write();
    store.store().delete(StateSlices.sliceKey(device, 1));
    assertThrows(InvalidStateStoreException.class, () -> reader().read(device));
  }

  @Example
  void a_state_of_another_version_is_told_and_not_taken_for_a_new_device() {
    DeviceKey device = DEVICES.getFirst();
    store.store().put(device.toString(), new byte[] {(byte) 0xC3, 1, 0, 0, 0, 0, 0, 0, 0, 0});
    IllegalStateException told = assertThrows(IllegalStateException.class, () -> kept().of(device));
    assertTrue(told.getMessage().contains("this version reads form 1"), told.getMessage());
  }

  @Example
  void what_is_not_published_yet_is_remembered_by_the_next_task() {
    UnpublishedStates first = new UnpublishedStates(store.store());
    first.add(DEVICES.get(0));
    first.write();
    assertEquals(List.of(DEVICES.get(0)), first.takeAll());
    first.add(DEVICES.get(1));
    first.add(DEVICES.get(1));
    first.write();
    first.add(DEVICES.get(2)); // of a task that is gone before it is asked to write
    UnpublishedStates next = new UnpublishedStates(store.store());
    assertEquals(List.of(DEVICES.get(1)), next.takeAll());
    assertEquals(List.of(), next.takeAll());
    next.write();
    assertEquals(List.of(), store.keys());
  }
}
