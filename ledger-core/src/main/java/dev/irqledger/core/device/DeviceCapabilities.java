package dev.irqledger.core.device;

import java.util.List;

/**
 * What a device said of its five interrupt indexes, in the order of {@link IrqIndex}.
 *
 * @param indexes exactly five answers; an answer may be {@link IrqIndexInfo#UNSEEN}
 */
public record DeviceCapabilities(List<IrqIndexInfo> indexes) {
  public static final DeviceCapabilities UNSEEN =
      new DeviceCapabilities(
          List.of(
              IrqIndexInfo.UNSEEN,
              IrqIndexInfo.UNSEEN,
              IrqIndexInfo.UNSEEN,
              IrqIndexInfo.UNSEEN,
              IrqIndexInfo.UNSEEN));

  /**
   * @throws IllegalArgumentException unless there are five answers
   */
  public DeviceCapabilities {
    indexes = List.copyOf(indexes);
    if (indexes.size() != IrqIndex.COUNT) {
      throw new IllegalArgumentException(
          "a PCI device has " + IrqIndex.COUNT + " interrupt indexes, not " + indexes.size());
    }
  }

  public IrqIndexInfo of(IrqIndex index) {
    return indexes.get(index.number());
  }
}
