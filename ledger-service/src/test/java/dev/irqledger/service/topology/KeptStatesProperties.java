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
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Interrupts;
import dev.irqledger.core.state.Phase;
import dev.irqledger.core.state.Profile;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.wire.DeviceStateCodec;
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

  private WatchedStore store = new WatchedStore();

  private KeptStates kept() {
    return new KeptStates(SCHEMAS, store.store());
  }

  private StateReader reader() {
    return new StateReader(SCHEMAS, store.store());
  }

  @Property(tries = 100)
  void what_was_kept_last_is_read_also_by_a_task_that_begins_anew(@ForAll long seed) {
    store = new WatchedStore(); // jqwik keeps the instance from one try to the next
    Random random = new Random(seed);
    Map<DeviceKey, FoldedState> expected = new TreeMap<>();
    KeptStates kept = kept();
    for (int offset = 0; offset < 60; offset++) {
      DeviceKey device = DEVICES.get(random.nextInt(DEVICES.size()));
      kept = random.nextInt(8) == 0 ? kept() : kept;
      VectorMap vectors = changed(kept.of(device).state().interrupts().vectors(), random);
      FoldedState after = folded(device, vectors, offset);
      assertTrue(kept.put(after));
      expected.put(device, after);
      assertEquals(after, kept.of(device));
      assertArrayEquals(RECORDS.encode(after), kept.record(device));
      assertEquals(Optional.of(after), reader().read(device));
    }
    List<FoldedState> all = new ArrayList<>();
    reader().forEach(all::add);
    all.sort(Comparator.comparing(state -> state.state().key()));
    assertEquals(List.copyOf(expected.values()), all);
    assertEquals(
        expected.values().stream().mapToInt(KeptStatesProperties::slices).sum(),
        store.keys().size());
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
      assertTrue(kept.put(folded(device, vectors, 1)));
      store.forgetPuts();
      assertTrue(kept.put(folded(device, vectors.with(20, null), 2)));
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
    assertTrue(kept.put(before));
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
      assertFalse(kept.put(new FoldedState(after.state().with(large), after.position())));
      assertEquals(before, kept.of(device));
      assertEquals(Optional.of(before), reader().read(device));
    }
  }

  @Example
  void slices_of_two_states_are_read_again_until_they_belong_together() {
    DeviceKey device = DEVICES.getFirst();
    KeptStates kept = kept();
    FoldedState after = folded(device, full(64), 2);
    assertTrue(kept.put(folded(device, full(40), 1)));
    store.beforeScan(() -> assertTrue(kept.put(after))); // between the head and its slices
    assertEquals(Optional.of(after), reader().read(device));
  }

  @Example
  void slices_that_never_belong_together_are_no_state() {
    DeviceKey device = DEVICES.getFirst();
    assertTrue(kept().put(folded(device, full(40), 1)));
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
    assertEquals(List.of(DEVICES.get(0)), first.takeAll());
    first.add(DEVICES.get(1));
    first.add(DEVICES.get(1));
    UnpublishedStates next = new UnpublishedStates(store.store());
    assertEquals(List.of(DEVICES.get(1)), next.takeAll());
    assertEquals(List.of(), next.takeAll());
    assertEquals(List.of(), store.keys());
  }
}
