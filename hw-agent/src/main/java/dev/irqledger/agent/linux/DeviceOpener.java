package dev.irqledger.agent.linux;

import dev.irqledger.core.device.Bdf;

/**
 * A way to a device's descriptor. It keeps open what the device needs beside it, for as long as one
 * of its devices is open. Not safe for use by many threads.
 */
interface DeviceOpener {
  /**
   * Obtains a device's descriptor.
   *
   * @throws dev.irqledger.agent.vfio.VfioException if the kernel refuses a step; nothing that was
   *     opened for it then stays open
   */
  int open(Bdf device);

  /**
   * Closes a descriptor that it gave, and with its last one what was needed beside it.
   *
   * @return what closing the device returned: 0 or a negated errno
   */
  int close(int descriptor);
}
