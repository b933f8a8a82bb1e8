package dev.irqledger.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Interrupts;
import dev.irqledger.core.state.LogHead;
import dev.irqledger.core.state.PastUncertainty;
import dev.irqledger.core.state.Phase;
import dev.irqledger.core.state.Profile;
import dev.irqledger.core.state.RecentHashes;
import dev.irqledger.core.state.Tally;
import dev.irqledger.core.state.Uncertainty;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.wire.Decoded.Value;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DeviceStateCodecProperties {
  private final DeviceStateCodec codec = new DeviceStateCodec(SchemaCatalog.releasedOnly());

  @Property
  void a_state_comes_back_as_it_was(@ForAll("states") FoldedState state) {
    assertEquals(new Value<>(state), codec.decode(codec.encode(state)));
  }

  @Property
  void avros_own_reader_and_writer_agree_with_the_form(@ForAll("states") FoldedState state)
      throws Exception {
    byte[] bytes = codec.encode(state);
    assertArrayEquals(bytes, AvroItself.readAndWrittenAgain(WireSchema.DEVICE_STATE, bytes));
  }

  @Property
  void resolution_to_another_schema_reads_the_same(@ForAll("states") FoldedState state) {
    assertEquals(
        new Value<>(state),
        new RecordCodec<>(
                WireSchema.DEVICE_STATE,
                AvroItself.alwaysResolving(WireSchema.DEVICE_STATE, new StateForm()),
                SchemaCatalog.releasedOnly())
            .decode(codec.encode(state)));
  }

  @Property
  void vectors_encoded_page_by_page_make_the_same_bytes(
      @ForAll("states") FoldedState state, @ForAll("severalVectors") List<VectorMap> before) {
    EncodedVectors encoded = EncodedVectors.NONE;
    VectorMap from = VectorMap.EMPTY;
    for (VectorMap to : before) {
      encoded = codec.encode(encoded, from, to);
      from = to;
    }
    encoded = codec.encode(encoded, from, state.state().interrupts().vectors());
    assertArrayEquals(codec.encode(state), codec.encode(state, encoded));
  }

  @Property
  void a_page_of_encoded_vectors_is_that_page_alone(@ForAll("states") FoldedState state) {
    VectorMap vectors = state.state().interrupts().vectors();
    EncodedVectors encoded = codec.encode(EncodedVectors.NONE, VectorMap.EMPTY, vectors);
    for (int page = 0; page < KernelView.MAX_VECTORS / VectorMap.PAGE_VECTORS; page++) {
      VectorMap alone = vectors.page(page);
      Interrupts interrupts = state.state().interrupts().withVectors(alone);
      FoldedState expected = new FoldedState(state.state().with(interrupts), state.position());
      assertArrayEquals(codec.encode(expected), codec.encode(state, encoded.page(page)));
      assertEquals(alone.isEmpty(), encoded.page(page).isEmpty());
    }
  }

  @Property(tries = 50)
  void no_flipped_bit_makes_it_throw(@ForAll("states") FoldedState state) {
    byte[] bytes = codec.encode(state);
    for (int bit = 0; bit < 8 * Math.min(bytes.length, 500); bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      assertNotNull(codec.decode(bytes));
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  @Provide
  Arbitrary<FoldedState> states() {
    return Combinators.combine(
            state(), Arbitraries.integers(), AnyEvent.number(), AnyEvent.number())
        .as((state, partition, offset, time) ->
            new FoldedState(state, new LogPosition(partition, offset, time)));
  }

  @Provide
  Arbitrary<List<VectorMap>> severalVectors() {
    return vectors().list().ofMaxSize(4);
  }

  private static Arbitrary<DeviceState> state() {
    return Combinators.combine(
            AnyEvent.device(),
            profile(),
            interrupts(),
            head(),
            uncertainty().injectNull(0.4),
            tally(),
            past().injectNull(0.5))
        .as(DeviceState::new);
  }

  private static Arbitrary<Profile> profile() {
    return Combinators.combine(
            AnyEvent.text().map(KernelRelease::new),
            AnyEvent.capabilities(),
            Arbitraries.of(KernelGeneration.class),
            AnyEvent.identity(),
            Arbitraries.of(Profile.Openness.class))
        .as(Profile::new);
  }

  private static Arbitrary<Interrupts> interrupts() {
    Arbitrary<Integer> fd = Arbitraries.integers();
    return Combinators.combine(Arbitraries.of(InterruptMode.class), vectors(), fd, fd, fd)
        .as(Interrupts::new);
  }

  private static Arbitrary<VectorMap> vectors() {
    return Arbitraries.maps(Arbitraries.integers().between(0, 2047), vector())
        .ofMaxSize(30)
        .map(DeviceStateCodecProperties::vectors);
  }

  private static VectorMap vectors(Map<Integer, VectorState> states) {
    VectorMap map = VectorMap.EMPTY;
    for (Map.Entry<Integer, VectorState> state : states.entrySet()) {
      map = map.with(state.getKey(), state.getValue());
    }
    return map;
  }

  private static Arbitrary<VectorState> vector() {
    return Combinators.combine(
            Arbitraries.of(Phase.RESERVED, Phase.ARMED, Phase.CACHED),
            Arbitraries.integers(),
            Arbitraries.integers().greaterOrEqual(0),
            Arbitraries.of(true, false),
            AnyEvent.number())
        .as((phase, irq, fd, dynamic, since) ->
            new VectorState(phase, irq, phase == Phase.ARMED ? fd : Eventfd.NONE, dynamic, since));
  }

  private static Arbitrary<LogHead> head() {
    return Combinators.combine(
            AnyEvent.number(),
            AnyEvent.number(),
            AnyEvent.hash(),
            AnyEvent.number()
                .list()
                .ofMaxSize(RecentHashes.WINDOW)
                .map(all -> RecentHashes.of(all.stream().mapToLong(n -> n).toArray())),
            AnyEvent.uuid().injectNull(0.3),
            AnyEvent.text(),
            AnyEvent.number())
        .as(LogHead::new);
  }

  private static Arbitrary<Uncertainty> uncertainty() {
    return Combinators.combine(
            Arbitraries.of(Uncertainty.Reason.class),
            AnyEvent.number(),
            AnyEvent.number(),
            AnyEvent.number())
        .as(Uncertainty::new);
  }

  private static Arbitrary<PastUncertainty> past() {
    return Combinators.combine(
            uncertainty(), AnyEvent.number(), AnyEvent.number(), AnyEvent.number())
        .as(PastUncertainty::new);
  }

  private static Arbitrary<Tally> tally() {
    return Combinators.combine(AnyEvent.number(), AnyEvent.number(), AnyEvent.number())
        .as(Tally::new);
  }
}
