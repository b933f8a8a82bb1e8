package dev.irqledger.cli.write;

import dev.irqledger.cli.Cluster;
import dev.irqledger.cli.LogOptions;
import dev.irqledger.cli.OutputOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code policy ls}: all policies. */
@Command(
    name = "ls",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "List all policies; '*' is that of every host that has none of its own.",
      "",
      "JSON, one object a line: host, from, " + PolicyText.FIELDS + "; setAt.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, also where there is none",
      "1:a policy could not be read and was passed over",
      "2:wrong usage",
      "3:no broker answers",
      "4:the topic is missing"
    },
    footerHeading = "%nExample:%n",
    footer = "  irq-ledger policy ls -o json")
public final class PolicyListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LogOptions log = new LogOptions();

  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    Cluster cluster = log.cluster();
    try (TopicReader reader = new TopicReader(cluster)) {
      Policies policies = Policies.read(reader, cluster.schemas());
      PolicyPrinter printer = new PolicyPrinter(output.format(), spec.commandLine().getOut());
      policies.byHost().forEach(printer::policy);
      if (policies.byHost().isEmpty()) {
        spec.commandLine().getErr().println("irq-ledger: there is no policy");
      }
      return PolicyGroup.report(policies, spec);
    }
  }
}
