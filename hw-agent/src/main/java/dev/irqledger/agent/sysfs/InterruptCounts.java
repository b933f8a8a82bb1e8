package dev.irqledger.agent.sysfs;

import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.KernelView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How often the armed vectors of devices fired: the sums of {@code /sys/kernel/irq/N/per_cpu_count}
 * ({@code Documentation/ABI/testing/sysfs-kernel-irq}).
 */
public final class InterruptCounts {
  private final Sysfs sysfs;

  public InterruptCounts(Sysfs sysfs) {
    this.sysfs = sysfs;
  }

  /**
   * The armed vectors of a device, rising; a vector that goes meanwhile is left out.
   *
   * @throws VfioException if the host has no such device, or it cannot be read
   */
  public List<VectorCount> of(Bdf device) {
    List<VectorCount> counts = new ArrayList<>();
    for (KernelView.Seen seen : sysfs.look(device, 0, KernelView.MAX_VECTORS).allocated()) {
      String perCpu =
          seen.armed()
              ? Attributes.readIfThere(sysfs.irqs().resolve(seen.irq() + "/per_cpu_count"))
              : null;
      if (perCpu != null && !perCpu.isEmpty()) {
        counts.add(new VectorCount(seen.vector(), seen.irq(), sum(perCpu)));
      }
    }
    return counts;
  }

  private static long sum(String perCpu) {
    return Arrays.stream(perCpu.split(",")).mapToLong(Long::parseLong).sum();
  }
}
