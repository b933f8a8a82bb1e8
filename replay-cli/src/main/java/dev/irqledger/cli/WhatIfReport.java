package dev.irqledger.cli;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.rule.ReleasePolicy;
import dev.irqledger.replay.whatif.Cost;
import dev.irqledger.replay.whatif.HostAccount;
import dev.irqledger.replay.whatif.Shortage;
import dev.irqledger.replay.whatif.Side;
import java.util.Collection;
import java.util.SortedMap;

/**
 * What would have been.
 *
 * @param point up to where, in a form that names it again
 * @param added how many further devices did what a device did
 * @param hosts both histories of each host
 */
record WhatIfReport(
    String point,
    ReleasePolicy policy,
    SortedMap<DeviceKey, Integer> added,
    SortedMap<String, HostAccount> hosts) {
  /** How many calls found a pool empty, all hosts together. */
  long shortages(Side side) {
    return accounts().stream().mapToLong(host -> host.shortages().count(side)).sum();
  }

  /** How many of one kind, all hosts together. */
  long shortages(Shortage.Kind kind) {
    return accounts().stream().mapToLong(host -> host.shortages().count(kind)).sum();
  }

  /** What all hosts together would have had to allocate again. */
  Cost cost() {
    return Cost.sum(accounts().stream().map(HostAccount::cost).toList());
  }

  private Collection<HostAccount> accounts() {
    return hosts.values();
  }
}
