package dev.irqledger.web.http;

import dev.irqledger.web.HolderRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A device, who used it last, and what it holds for nobody. */
record HolderForm(DeviceForm device, EventForm.@Nullable ActorForm user, List<IdleForm> idle) {

  /**
   * Vectors without a trigger that became so at the same moment.
   *
   * @param phase CACHED or RESERVED
   * @param since by the host's clock; null where not known
   * @param first the lowest of them
   */
  record IdleForm(String phase, @Nullable String since, int first, int count) {
    static IdleForm of(HolderRow.IdleGroup group) {
      return new IdleForm(
          group.cached() ? "CACHED" : "RESERVED",
          PositionForm.micros(group.sinceMicros()),
          group.first(),
          group.count());
    }
  }

  static HolderForm of(HolderRow row) {
    return new HolderForm(
        DeviceForm.of(row.device()),
        row.user() == null ? null : EventForm.ActorForm.of(row.user()),
        row.idle().stream().map(IdleForm::of).toList());
  }
}
