package dev.irqledger.replay;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which devices are folded.
 *
 * @param host those of that host; null for all hosts
 * @param bdf those at that address; null for all addresses
 */
public record Devices(@Nullable String host, @Nullable Bdf bdf) implements Predicate<DeviceKey> {
  public static final Devices ALL = new Devices(null, null);

  @Override
  public boolean test(DeviceKey key) {
    return (host == null || key.host().equals(host)) && (bdf == null || key.bdf().equals(bdf));
  }

  /** What the texts of all of them begin with, so that no others need to be read. */
  public String prefix() {
    if (host == null) {
      return "";
    }
    return host + "/" + (bdf == null ? "" : bdf.text());
  }
}
