package dev.irqledger.core.policy;

import dev.irqledger.core.state.VectorCounts;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What one device holds of its host's pools.
 *
 * @param device its PCI address
 * @param vm the virtual machine that used it last; null where not known
 */
public record Share(String device, @Nullable String vm, VectorCounts held) {
  /** Notes the shares as evidence, each under {@code holder.N}, from 1 on. */
  static void note(List<Share> shares, SortedMap<String, String> evidence) {
    for (int i = 0; i < shares.size(); i++) {
      evidence.put("holder." + (i + 1), shares.get(i).words());
    }
  }

  /** Such as {@code 0000:01:00.0 of VM web-1: 4 armed, 2 cached, 0 reserved}. */
  String words() {
    return device
        + (vm == null ? "" : " of VM " + vm)
        + ": "
        + held.armed()
        + " armed, "
        + held.cached()
        + " cached, "
        + held.reserved()
        + " reserved";
  }

  /** Vectors that keep their irq without a trigger. */
  int unarmed() {
    return held.cached() + held.reserved();
  }
}
