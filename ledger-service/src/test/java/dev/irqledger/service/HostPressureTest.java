package dev.irqledger.service;

import static dev.irqledger.service.ModelledFleet.device;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.wire.avro.AgentStatus;
import dev.irqledger.wire.avro.DriverUse;
import dev.irqledger.wire.avro.Holder;
import dev.irqledger.wire.avro.HostPressure;
import dev.irqledger.wire.avro.IdleTrigger;
import dev.irqledger.wire.avro.IdleVector;
import dev.irqledger.wire.avro.Pool;
import dev.irqledger.wire.avro.PoolKind;
import dev.irqledger.wire.avro.RemappingUnit;
import dev.irqledger.wire.avro.UnarmedDevice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HostPressureTest {
  private static final DeviceKey FIRST = device("hv-1", 1);
  private static final DeviceKey SECOND = device("hv-1", 2);

  private final LedgerDriver ledger = new LedgerDriver();
  private final ModelledFleet fleet = new ModelledFleet();

  @AfterEach
  void close() {
    ledger.close();
  }

  private void arm(DeviceKey device, String vm, int vectors) {
    ledger.append(fleet.open(device, vm, "dmar0"));
    int[] fds = new int[vectors];
    for (int i = 0; i < vectors; i++) {
      fds[i] = 10 + i;
    }
    ledger.append(fleet.set(device, vm, SetIrqs.triggers(IrqIndex.MSIX, 0, fds)));
  }

  private HostPressure pressure() {
    ledger.letIntervalPass();
    List<HostPressure> published = ledger.pressures();
    assertEquals(1, published.size());
    return published.getFirst();
  }

  private static Pool pool(HostPressure pressure, PoolKind kind) {
    return pressure.getPools().stream().filter(p -> p.getKind() == kind).findFirst().orElseThrow();
  }

  @Test
  void the_devices_of_a_host_are_summed_in_both_pools() {
    arm(FIRST, "web-3", 3);
    arm(SECOND, "db-1", 2);
    ledger.append(fleet.set(FIRST, "web-3", SetIrqs.triggers(IrqIndex.MSIX, 2, Eventfd.NONE)));

    HostPressure pressure = pressure();

    Pool cpu = pool(pressure, PoolKind.CPU_VECTORS);
    assertEquals(4, cpu.getArmed());
    assertEquals(0, cpu.getCached());
    assertEquals(5, cpu.getHighWater());
    assertEquals(Instant.ofEpochMilli(ledger.nowMs() - 1), cpu.getHighWaterAt());
    Pool remapping = pool(pressure, PoolKind.REMAPPING_ENTRIES);
    assertEquals("dmar0", remapping.getUnit());
    assertEquals(4, remapping.getArmed());
    assertEquals(1, remapping.getCached());
    assertEquals(5, remapping.getHighWater());
    assertNull(remapping.getCapacity());
    assertEquals(4, pressure.getOffset());
  }

  @Test
  void a_peak_between_two_publications_is_not_missed() {
    arm(FIRST, "web-3", 7);
    ledger.append(fleet.close(FIRST, "web-3"));

    Pool cpu = pool(pressure(), PoolKind.CPU_VECTORS);

    assertEquals(0, cpu.getArmed());
    assertEquals(7, cpu.getHighWater());
  }

  @Test
  void each_iommu_is_a_pool_of_its_own() {
    arm(FIRST, "web-3", 3);
    ledger.append(fleet.open(SECOND, "db-1", "dmar1"));
    ledger.append(fleet.set(SECOND, "db-1", SetIrqs.triggers(IrqIndex.MSIX, 0, 10)));

    List<Pool> pools = pressure().getPools();

    assertEquals(
        List.of("null 4", "dmar0 3", "dmar1 1"),
        pools.stream().map(pool -> pool.getUnit() + " " + pool.getArmed()).toList());
  }

  @Test
  void the_five_biggest_holders_are_named_with_their_virtual_machines() {
    for (int slot = 1; slot <= 7; slot++) {
      arm(device("hv-1", slot), "vm-" + slot, slot);
    }
    arm(device("hv-10", 1), "other", 9);
    ledger.letIntervalPass();

    List<HostPressure> published = ledger.pressures();

    assertEquals(2, published.size());
    List<Holder> holders = published.getFirst().getHolders();
    assertEquals(
        List.of("vm-7 7", "vm-6 6", "vm-5 5", "vm-4 4", "vm-3 3"),
        holders.stream().map(holder -> holder.getVm() + " " + holder.getArmed()).toList());
    assertEquals("0000:07:00.0", holders.getFirst().getDevice());
  }

  @Test
  void the_device_with_the_longest_unused_vectors_is_named() {
    arm(FIRST, "web-3", 3);
    assertNull(pressure().getLongestUnarmed());
    arm(SECOND, "db-1", 3);
    ledger.append(fleet.set(SECOND, "db-1", SetIrqs.triggers(IrqIndex.MSIX, 2, Eventfd.NONE)));
    long since = ledger.stored().get(SECOND).state().head().hostTimeMicros();
    ledger.append(fleet.set(FIRST, "web-3", SetIrqs.triggers(IrqIndex.MSIX, 2, Eventfd.NONE)));
    ledger.append(fleet.set(SECOND, "db-1", SetIrqs.triggers(IrqIndex.MSIX, 1, Eventfd.NONE)));

    UnarmedDevice longest = pressure().getLongestUnarmed();

    assertEquals("0000:02:00.0", longest.getDevice());
    assertEquals("db-1", longest.getVm());
    assertEquals(Instant.EPOCH.plus(since, ChronoUnit.MICROS), longest.getSince());
  }

  @Test
  void armed_vectors_that_do_not_fire_are_told_as_the_agent_counts_them() {
    arm(FIRST, "web-3", 3);
    assertEquals(-1, pressure().getArmedIdleTotal());
    List<IdleVector> idle =
        IntStream.range(0, 7)
            .mapToObj(v -> new IdleVector("0000:01:00.0", v, 30 + v, 0L, Instant.ofEpochSecond(v)))
            .toList();
    AgentStatus counted = AgentStatuses.of("hv-1").setArmedIdleTotal(9).setArmedIdle(idle).build();
    ledger.status(counted);

    HostPressure told = pressure();

    assertEquals(9, told.getArmedIdleTotal());
    assertEquals(5, told.getArmedIdle().size());
    assertEquals(
        new IdleTrigger("0000:01:00.0", 0, 30, Instant.EPOCH), told.getArmedIdle().getFirst());
    ledger.status(counted);
    ledger.letIntervalPass();
    assertTrue(ledger.pressures().isEmpty());
  }

  @Test
  void a_burst_of_events_on_a_host_is_one_record() {
    arm(FIRST, "web-3", 4);
    for (int i = 0; i < 50; i++) {
      int fd = i % 2 == 0 ? Eventfd.NONE : 10;
      ledger.append(fleet.set(FIRST, "web-3", SetIrqs.triggers(IrqIndex.MSIX, 0, fd)));
    }

    assertTrue(ledger.pressures().isEmpty());
    assertEquals(51, pressure().getOffset());
    ledger.letIntervalPass();
    assertTrue(ledger.pressures().isEmpty());
  }

  @Test
  void capacities_are_taken_from_the_agent_as_soon_as_it_tells() {
    arm(FIRST, "web-3", 4);
    assertNull(pool(pressure(), PoolKind.CPU_VECTORS).getCapacity());

    ledger.status(status(400));

    HostPressure told = pressure();
    assertEquals(400, pool(told, PoolKind.CPU_VECTORS).getCapacity());
    assertEquals(12, pool(told, PoolKind.CPU_VECTORS).getUsedByHost());
    assertEquals(65536, pool(told, PoolKind.REMAPPING_ENTRIES).getCapacity());
    assertEquals(4, pool(told, PoolKind.REMAPPING_ENTRIES).getArmed());
  }

  @Test
  void a_heartbeat_that_tells_nothing_new_publishes_nothing() {
    arm(FIRST, "web-3", 4);
    ledger.status(status(400));
    pressure();

    ledger.status(status(400));
    ledger.letIntervalPass();
    assertTrue(ledger.pressures().isEmpty());

    ledger.status("hv-1".getBytes(StandardCharsets.UTF_8), null);
    assertNull(pool(pressure(), PoolKind.CPU_VECTORS).getCapacity());
  }

  private static AgentStatus status(int cpuVectors) {
    return AgentStatuses.of("hv-1")
        .setCpuVectorsTotal(cpuVectors)
        .setRemappingUnits(List.of(new RemappingUnit("dmar0", 65536, null)))
        .setHostDrivers(List.of(new DriverUse("nvme", 12)))
        .build();
  }
}
