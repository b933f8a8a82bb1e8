package dev.irqledger.cli.write;

import dev.irqledger.cli.Cluster;
import dev.irqledger.cli.ExitCode;
import dev.irqledger.cli.LatestWriter;
import dev.irqledger.cli.LogOptions;
import dev.irqledger.cli.OutputOption;
import dev.irqledger.cli.write.Policies.Held;
import dev.irqledger.wire.avro.Policy;
import dev.irqledger.wire.topic.Topic;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code policy rm}: back to the policy of every host, or to none. */
@Command(
    name = "rm",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Remove a host's own policy: from then on that of every host ('*') holds for it, if there is one.",
      "",
      "JSON: host, written, before and after, each with "
          + PolicyText.FIELDS
          + "; after is null where"
          + " no policy holds any more.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "2:wrong usage",
      "3:no broker answers",
      "4:the topic is missing",
      "5:there is no such policy"
    },
    footerHeading = "%nExample:%n",
    footer = "  irq-ledger policy rm --host hv-1")
public final class PolicyRemoveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PolicyHost host = new PolicyHost();
  @Mixin private LogOptions log = new LogOptions();

  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    String name = host.name();
    Cluster cluster = log.cluster();
    try (TopicReader reader = new TopicReader(cluster)) {
      Policies policies = Policies.read(reader, cluster.schemas());
      Held own = policies.own(name);
      if (own == null && !policies.unreadable().contains(name)) {
        spec.commandLine()
            .getErr()
            .println("irq-ledger: " + name + " has no policy of its own: see 'policy ls'");
        return ExitCode.NO_SUCH_POINT;
      }
      try (LatestWriter<Policy> writer =
          new LatestWriter<>(cluster, Topic.POLICIES, Policy.class)) {
        writer.write(name, null);
      }
      new PolicyPrinter(output.format(), spec.commandLine().getOut())
          .change(name, own == null ? null : own.policy(), afterwards(name, policies), true);
      return ExitCode.OK;
    }
  }

  private static @Nullable Policy afterwards(String name, Policies policies) {
    Held every = policies.own(Policies.EVERY_HOST);
    return every == null || name.equals(Policies.EVERY_HOST) ? null : every.policy();
  }
}
