package dev.irqledger.web.chronicle;

import dev.irqledger.core.device.Bdf;
import org.jspecify.annotations.Nullable;

/**
 * Of which devices events are looked at.
 *
 * @param host of that host; null for all hosts
 * @param bdf of the device with that address on the host; null for all
 */
public record Scope(@Nullable String host, @Nullable Bdf bdf) {
  public static final Scope FLEET = new Scope(null, null);

  /**
   * @throws IllegalArgumentException if an address is given without its host
   */
  public Scope {
    if (host == null && bdf != null) {
      throw new IllegalArgumentException("an address is one of a host: name it too");
    }
  }
}
