package dev.irqledger.cli.write;

import dev.irqledger.cli.Cluster;
import dev.irqledger.cli.LogOptions;
import dev.irqledger.cli.OutputOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code policy get}: what holds for a host. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Show the policy that holds for a host: its own, or that of every host ('*').",
      "",
      "JSON: host, from (whose policy it is; null where none holds), "
          + PolicyText.FIELDS
          + "; setAt.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, also where no policy holds",
      "1:a policy could not be read and was passed over",
      "2:wrong usage",
      "3:no broker answers",
      "4:the topic is missing"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  irq-ledger policy get --host hv-1", "  irq-ledger policy get --host '*' -o json"})
public final class PolicyGetCommand implements Callable<Integer> {
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
      new PolicyPrinter(output.format(), spec.commandLine().getOut())
          .policy(name, policies.effective(name));
      return PolicyGroup.report(policies, spec);
    }
  }
}
