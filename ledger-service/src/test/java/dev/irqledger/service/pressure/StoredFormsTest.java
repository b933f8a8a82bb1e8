package dev.irqledger.service.pressure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.DeviceIdentity;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Phase;
import dev.irqledger.core.state.Profile;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.core.state.VectorMap;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.HostPressure;
import java.util.Arrays;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class StoredFormsTest {
  private static final DeviceState NOTHING =
      DeviceState.unseen(new DeviceKey("hv-1", new Bdf("0000:01:00.0")));

  private static DeviceState armed(String unit) {
    VectorMap one = VectorMap.EMPTY.with(0, new VectorState(Phase.ARMED, 30, 9, false, 0));
    Profile profile =
        new Profile(
            NOTHING.profile().kernel(),
            NOTHING.profile().capabilities(),
            NOTHING.profile().generation(),
            new DeviceIdentity(null, null, unit, null, null),
            Profile.Openness.OPEN);
    return NOTHING.with(profile).with(NOTHING.interrupts().withVectors(one));
  }

  @Test
  void sums_are_read_as_they_were_kept() {
    HostSums sums =
        HostSums.NONE
            .moved(NOTHING, armed("dmar0"), new LogPosition(3, 7, 1_000))
            .moved(armed("dmar0"), NOTHING, new LogPosition(3, 8, 2_000))
            .moved(NOTHING, armed(null), new LogPosition(3, 9, 3_000));
    HostSumsCodec codec = new HostSumsCodec(SchemaCatalog.releasedOnly());

    assertEquals(sums, codec.decode(codec.encode(sums)));
    assertEquals(2, sums.remapping().size());
    assertEquals(1_000, sums.cpuVectors().highWaterAtMs());
  }

  @Test
  void sums_that_the_first_version_kept_as_a_record_are_read() {
    HostSums sums =
        HostSums.NONE
            .moved(NOTHING, armed("dmar0"), new LogPosition(3, 7, 1_000))
            .moved(NOTHING, armed(null), new LogPosition(3, 9, 3_000));
    SchemaCatalog catalog = SchemaCatalog.releasedOnly();
    byte[] kept =
        new WireCodec<>(HostPressure.class, catalog)
            .encode(
                PressureReport.of(
                    "hv-1", sums, Capacity.UNKNOWN, ArmedIdle.UNKNOWN, new BiggestHolders()));

    assertEquals(sums, new HostSumsCodec(catalog).decode(kept));
  }

  @Test
  void sums_of_a_later_version_are_not_guessed_at() {
    HostSumsCodec codec = new HostSumsCodec(SchemaCatalog.releasedOnly());
    byte[] kept = codec.encode(HostSums.NONE);
    kept[0] = 3;

    assertThrows(UnknownFormException.class, () -> codec.decode(kept));
    kept[0] = 2;
    byte[] cut = Arrays.copyOf(kept, kept.length - 1);
    assertThrows(IllegalStateException.class, () -> codec.decode(cut));
  }

  @Test
  void a_device_that_changes_its_iommu_leaves_the_pool_of_the_old_one() {
    HostSums sums =
        HostSums.NONE
            .moved(NOTHING, armed("dmar0"), LogPosition.START)
            .moved(armed("dmar0"), armed("dmar1"), LogPosition.START);

    assertEquals(VectorCounts.ZERO, sums.remapping().get("dmar0").held());
    assertEquals(new VectorCounts(1, 0, 0), sums.remapping().get("dmar1").held());
    assertEquals(1, sums.cpuVectors().highWater());
  }

  @Test
  void however_many_iommus_are_named_the_pools_stay_few_and_their_sum_right() {
    HostSums sums = HostSums.NONE;
    for (int i = 0; i < 1000; i++) {
      sums = sums.moved(NOTHING, armed("unit-" + i), LogPosition.START);
    }
    for (int i = 0; i < 1000; i++) {
      sums = sums.moved(armed("unit-" + i), NOTHING, LogPosition.START);
    }

    assertTrue(sums.remapping().size() <= HostSums.MOST_UNITS + 1);
    for (Level level : new TreeMap<>(sums.remapping()).values()) {
      assertEquals(VectorCounts.ZERO, level.held());
    }
  }

  @Test
  void damaged_sums_are_not_taken_for_none() {
    HostSumsCodec codec = new HostSumsCodec(SchemaCatalog.releasedOnly());

    assertThrows(IllegalStateException.class, () -> codec.decode(new byte[] {1, 2, 3}));
  }

  @Test
  void a_holding_is_read_as_it_was_kept_with_its_name_or_without() {
    VectorCounts counts = new VectorCounts(1, 2, 2048);
    for (String vm : new String[] {null, "", "web-3", "büro-ß-機"}) {
      Holding holding = new Holding(counts, vm, 1_790_000_000_000_000L, "web-3".equals(vm));

      assertEquals(holding, Holding.of(holding.toBytes()));
    }
    assertEquals(Holding.NONE, Holding.of(null));
  }

  @Test
  void the_name_of_the_last_user_stays_until_another_is_named() {
    Holding used = Holding.NONE.after(new VectorCounts(1, 0, 0), "web-3", 5, false);

    assertEquals("web-3", used.after(VectorCounts.ZERO, null, 6, false).vm());
    assertEquals("db-1", used.after(VectorCounts.ZERO, "db-1", 6, false).vm());
  }

  @Test
  void a_holding_of_version_1_does_not_know_since_when_anything_is_unarmed() {
    byte[] kept = new byte[14];
    kept[0] = 1;
    kept[9] = 4;

    assertEquals(new Holding(new VectorCounts(0, 4, 0), null, 0, false), Holding.of(kept));
  }

  @Test
  void a_holding_of_version_2_is_not_taken_for_one_of_the_agent() {
    Holding holding = new Holding(new VectorCounts(1, 2, 3), "web-3", 7, false);
    byte[] kept = holding.toBytes();
    kept[0] = 2;

    assertEquals(holding, Holding.of(kept));
  }

  @Test
  void the_time_without_a_trigger_is_counted_from_the_first_vector_until_there_is_none() {
    Holding two = Holding.NONE.after(new VectorCounts(1, 1, 0), null, 5, false);

    assertEquals(5, two.after(new VectorCounts(0, 1, 1), null, 9, false).unarmedSinceMicros());
    assertEquals(0, two.after(new VectorCounts(2, 0, 0), null, 9, false).unarmedSinceMicros());
  }

  @Test
  void a_holding_of_a_later_version_is_not_guessed_at() {
    byte[] kept = Holding.NONE.toBytes();
    kept[0] = 4;

    assertThrows(IllegalStateException.class, () -> Holding.of(kept));
  }
}
