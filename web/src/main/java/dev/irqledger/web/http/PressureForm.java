package dev.irqledger.web.http;

import dev.irqledger.web.Pressure;
import dev.irqledger.wire.avro.Holder;
import dev.irqledger.wire.avro.IdleTrigger;
import dev.irqledger.wire.avro.Pool;
import dev.irqledger.wire.avro.UnarmedDevice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A host's pressure, as {@code irq.host-pressure} holds it. */
record PressureForm(
    PositionForm position,
    String host,
    List<PoolForm> pools,
    List<HolderForm> holders,
    @Nullable UnarmedForm longestUnarmed,
    @Nullable Integer armedIdleTotal,
    List<IdleForm> armedIdle) {

  static PressureForm of(Pressure pressure) {
    return new PressureForm(
        PositionForm.of(pressure.position()),
        pressure.report().getHost(),
        pressure.report().getPools().stream().map(PoolForm::of).toList(),
        pressure.report().getHolders().stream().map(HolderForm::of).toList(),
        UnarmedForm.of(pressure.report().getLongestUnarmed()),
        pressure.report().getArmedIdleTotal() < 0 ? null : pressure.report().getArmedIdleTotal(),
        pressure.report().getArmedIdle().stream().map(IdleForm::of).toList());
  }

  /** One limited resource of the host. */
  record PoolForm(
      String kind,
      @Nullable String unit,
      int armed,
      int cached,
      int reserved,
      @Nullable Integer usedByHost,
      @Nullable Integer capacity,
      int highWater,
      @Nullable String highWaterAt) {
    static PoolForm of(Pool pool) {
      return new PoolForm(
          pool.getKind().name(),
          pool.getUnit(),
          pool.getArmed(),
          pool.getCached(),
          pool.getReserved(),
          pool.getUsedByHost(),
          pool.getCapacity(),
          pool.getHighWater(),
          pool.getHighWater() == 0 ? null : pool.getHighWaterAt().toString());
    }
  }

  /** A device and what it holds. */
  record HolderForm(String device, @Nullable String vm, int armed, int cached, int reserved) {
    static HolderForm of(Holder holder) {
      return new HolderForm(
          holder.getDevice(),
          holder.getVm(),
          holder.getArmed(),
          holder.getCached(),
          holder.getReserved());
    }
  }

  /** An armed vector that does not fire. */
  record IdleForm(String device, int vector, int irq, String since) {
    static IdleForm of(IdleTrigger idle) {
      return new IdleForm(
          idle.getDevice(), idle.getVector(), idle.getIrq(), idle.getIdleSince().toString());
    }
  }

  /** A device with vectors that keep their irq without a trigger. */
  record UnarmedForm(String device, @Nullable String vm, String since) {
    static @Nullable UnarmedForm of(@Nullable UnarmedDevice unarmed) {
      return unarmed == null
          ? null
          : new UnarmedForm(unarmed.getDevice(), unarmed.getVm(), unarmed.getSince().toString());
    }
  }
}
