package dev.irqledger.core.policy;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All policies that were set.
 *
 * @param byHost by the host that they were written for
 */
public record Policies(Map<String, Policy> byHost) {
  /** Stands for every host that has no policy of its own. */
  public static final String EVERY_HOST = "*";

  public static final Policies NONE = new Policies(Map.of());

  public Policies {
    byHost = Map.copyOf(byHost);
  }

  /** What holds for the host: its own as a whole, else that of every host. */
  public Policy of(String host) {
    Policy own = byHost.get(host);
    return own != null ? own : byHost.getOrDefault(EVERY_HOST, Policy.NONE);
  }

  /** With that policy of the host; null takes it away. */
  public Policies with(String host, @Nullable Policy policy) {
    Map<String, Policy> changed = new HashMap<>(byHost);
    if (policy == null) {
      changed.remove(host);
    } else {
      changed.put(host, policy);
    }
    return new Policies(changed);
  }
}
