package dev.irqledger.agent.cli;

import dev.irqledger.agent.HostAgent;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Mixin;

/** The options of every command that may be the host's agent itself. */
final class AgentOptions {
  @Mixin private final HostOptions host = new HostOptions();
  @Mixin private final JournalOptions journal = new JournalOptions();
  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  HostOptions host() {
    return host;
  }

  ClusterOptions cluster() {
    return cluster;
  }

  /** Finds values that cannot be, before anything is read or begun. */
  void check(List<DeviceOption> devices, InstantSource clock) {
    host.check(devices, clock);
    var _ = cluster.cluster();
  }

  /** Where the host's journal is, and the socket of the agent that holds it. */
  Path folder() {
    return journal.folder(host.host(), host.isLinux());
  }

  HostAgent.Setup setup(InstantSource clock) {
    return new HostAgent.Setup(
        host.host(),
        folder(),
        journal.sync(),
        cluster.cluster(),
        cluster.partitions(),
        host.leastEpoch(clock),
        clock,
        cluster.signer());
  }
}
