package dev.irqledger.cli.write;

import dev.irqledger.cli.HostName;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Whose policy is meant. */
final class PolicyHost {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--host",
      required = true,
      paramLabel = "NAME",
      description = "The host, or '*' (in quotes) for every host that has no policy of its own.")
  private String host;

  String name() {
    if (!host.equals(Policies.EVERY_HOST)) {
      var _ = HostName.require(host, spec);
    }
    return host;
  }
}
