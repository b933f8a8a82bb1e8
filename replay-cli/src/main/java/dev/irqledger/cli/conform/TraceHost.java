package dev.irqledger.cli.conform;

import dev.irqledger.core.device.Errno;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.core.rule.Environment;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.recordings.OpScript;
import dev.irqledger.recordings.TraceStep;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The environment of one recorded operation: descriptors are what the op says, irq numbers are
 * those that the kernel chose, and the pools are as large as supposed.
 */
final class TraceHost implements Environment {
  private final Map<Integer, KernelView.Seen> shown;
  private final VectorCounts held;
  private final Capacity capacity;

  /**
   * @param held what the device held before the operation
   */
  TraceHost(TraceStep step, VectorCounts held, Capacity capacity) {
    this.shown =
        step.irqs().stream()
            .collect(Collectors.toMap(KernelView.Seen::vector, Function.identity()));
    this.held = held;
    this.capacity = capacity;
  }

  @Override
  public long nowMicros() {
    return 0; // a trace has no clock
  }

  @Override
  public int grant(int wanted) {
    if (wanted <= capacity.irtes()) {
      return wanted;
    }
    return capacity.irtes() == 0 ? Errno.ENOSPC.result() : capacity.irtes();
  }

  @Override
  public int allocate(int vector, int taken) {
    if (held.allocated() + taken >= capacity.irtes()) {
      return Errno.ENOSPC.result();
    }
    KernelView.Seen seen = shown.get(vector);
    return seen == null ? VectorState.IRQ_UNKNOWN : seen.irq();
  }

  @Override
  public int eventfd(int fd) {
    return switch (fd) {
      case OpScript.CLOSED_FD -> Errno.EBADF.result();
      case OpScript.NOT_AN_EVENTFD -> Errno.EINVAL.result();
      default -> 0;
    };
  }

  @Override
  public int handler(int vector, int armed) {
    return held.armed() + armed >= capacity.cpuVectors() ? Errno.ENOSPC.result() : 0;
  }
}
