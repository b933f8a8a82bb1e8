package dev.irqledger.standalone;

import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.IrqSetData;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.recordings.KernelTraceReader;
import dev.irqledger.recordings.Op;
import dev.irqledger.recordings.OpScript;
import dev.irqledger.recordings.Operation;
import dev.irqledger.recordings.QemuTraceParser;
import dev.irqledger.recordings.Samples;
import dev.irqledger.recordings.TraceStep;
import java.util.ArrayList;
import java.util.List;

/**
 * What the modelled hosts of the demonstration do. Two of the three were recorded from real runs.
 */
final class Scenarios {
  private Scenarios() {}

  /** A guest boots and uses an NVMe device: the calls that QEMU made, from its trace log. */
  static List<Op> qemuBoot() {
    List<Op> ops = new ArrayList<>();
    QemuTraceParser parser = new QemuTraceParser();
    List<String> lines = Samples.lines(Samples.QEMU_BOOT_TRACE);
    for (int i = 0; i < lines.size(); i++) {
      parser.line(
          i + 1,
          lines.get(i),
          parsed -> {
            if (parsed instanceof Operation operation) {
              ops.addAll(op(operation.body()));
            }
          });
    }
    return List.copyOf(ops);
  }

  /**
   * A device of 2,048 vectors runs a host of two CPUs out of vectors: the recorded operations up to
   * the first disable, after which nothing would be left to look at.
   */
  static List<Op> exhaustion() {
    List<Op> ops = new ArrayList<>();
    KernelTraceReader reader = new KernelTraceReader();
    List<String> lines = Samples.lines(Samples.EXHAUSTION);
    for (int i = 0; i < lines.size(); i++) {
      reader.line(
          i + 1,
          lines.get(i),
          entry -> {
            if (entry instanceof TraceStep step) {
              ops.add(step.op());
            }
          });
    }
    Op disable = OpScript.parse("set 2 0 0 none trigger");
    return List.copyOf(ops.subList(0, ops.indexOf(disable)));
  }

  /** A driver that uses four vectors, gives one back and takes it again. */
  static List<Op> fourQueues() {
    return List.of(
        OpScript.parse("open"),
        OpScript.parse("set 2 0 1 eventfd trigger e0"),
        OpScript.parse("set 2 1 3 eventfd trigger e1,e2,e3"),
        OpScript.parse("set 2 2 1 eventfd trigger -1"),
        OpScript.parse("set 2 2 1 eventfd trigger e2"),
        OpScript.parse("set 2 0 4 none trigger"));
  }

  /** The recorded call, to be made again; what merely tells of the device gives none. */
  private static List<Op> op(EventBody body) {
    return switch (body) {
      case DeviceOpened _ -> List.of(new Op.Open());
      case DeviceReset _ -> List.of(new Op.Reset());
      case DeviceReleased _ -> List.of(new Op.Close());
      case InterruptsSet set -> List.of(new Op.Set(withDescriptors(set.call())));
      case StateObserved _, CommandRefused _ -> List.of();
    };
  }

  /** QEMU's log tells that there was a descriptor, not its number: each vector gets its own. */
  private static SetIrqs withDescriptors(SetIrqs call) {
    if (!(call.data() instanceof IrqSetData.Eventfds fds)) {
      return call;
    }
    int[] numbered = fds.toArray();
    for (int i = 0; i < numbered.length; i++) {
      if (Eventfd.mayArm(numbered[i])) {
        numbered[i] = (int) ((call.start() + i) % OpScript.EVENTFDS);
      }
    }
    return new SetIrqs(
        call.index(), call.start(), call.count(), call.flags(), new IrqSetData.Eventfds(numbered));
  }
}
