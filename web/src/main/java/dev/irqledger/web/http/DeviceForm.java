package dev.irqledger.web.http;

import dev.irqledger.core.device.KernelGeneration;
import dev.irqledger.core.state.Uncertainty;
import dev.irqledger.web.DeviceRow;
import org.jspecify.annotations.Nullable;

/** A device as answers show it. The names are those that {@code replay state -o json} uses. */
record DeviceForm(
    String host,
    String device,
    String mode,
    String open,
    @Nullable Boolean dynamicMsix,
    int armed,
    int cached,
    int reserved,
    boolean uncertain,
    @Nullable String uncertainReason,
    @Nullable String uncertainSince,
    long violations,
    long events,
    long redeliveries,
    long epoch,
    long sequence,
    PositionForm position) {

  static DeviceForm of(DeviceRow row) {
    Uncertainty doubt = row.uncertainty();
    return new DeviceForm(
        row.key().host(),
        row.key().bdf().text(),
        row.mode().label(),
        row.open().name(),
        row.generation() == KernelGeneration.UNKNOWN
            ? null
            : row.generation() == KernelGeneration.DYNAMIC,
        row.counts().armed(),
        row.counts().cached(),
        row.counts().reserved(),
        doubt != null,
        doubt == null ? null : doubt.reason().name(),
        doubt == null ? null : PositionForm.micros(doubt.sinceMicros()),
        row.tally().violations(),
        row.tally().events(),
        row.tally().redeliveries(),
        row.epoch(),
        row.sequence(),
        PositionForm.of(row.position()));
  }
}
