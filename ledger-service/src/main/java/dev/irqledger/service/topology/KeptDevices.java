package dev.irqledger.service.topology;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.wire.FoldedState;
import java.util.Optional;

/** The states of a task's devices, as its last event left them. */
interface KeptDevices {
  /** A device's state; empty where it was never seen. */
  Optional<FoldedState> read(DeviceKey device);
}
