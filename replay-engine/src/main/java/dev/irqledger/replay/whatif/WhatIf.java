package dev.irqledger.replay.whatif;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.rule.ReleasePolicy;
import dev.irqledger.core.whatif.HostModel;
import dev.irqledger.core.whatif.PoolSizes;
import dev.irqledger.replay.LogRecord;
import dev.irqledger.replay.Replayer;
import dev.irqledger.wire.FoldedState;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes all calls of a log again, on a model of each of its hosts. Watches a replay. */
public final class WhatIf implements Replayer.Observer {
  private final ReleasePolicy policy;
  private final PoolSizes sizes;
  private final Map<DeviceKey, Integer> copies;
  private final SortedMap<String, HostAccount> hosts = new TreeMap<>();

  /**
   * @param sizes how large the pools of each host are; where that is not known, as the log shows
   * @param copies how many further devices do what a device does, each right after it
   */
  public WhatIf(ReleasePolicy policy, PoolSizes sizes, Map<DeviceKey, Integer> copies) {
    this.policy = policy;
    this.sizes = sizes;
    this.copies = Map.copyOf(copies);
  }

  @Override
  public void begun(FoldedState state) {
    host(state.state().key()).begin(state.state());
  }

  @Override
  public void folded(LogRecord record, InterruptEvent event, Folded folded) {
    host(event.device()).take(record, event, folded);
  }

  private HostAccount host(DeviceKey device) {
    return hosts.computeIfAbsent(
        device.host(), _ -> new HostAccount(new HostModel(policy, sizes, copies)));
  }

  /** Each host of the log with both of its histories. */
  public SortedMap<String, HostAccount> hosts() {
    return Collections.unmodifiableSortedMap(hosts);
  }
}
