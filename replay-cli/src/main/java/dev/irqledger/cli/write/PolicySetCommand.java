package dev.irqledger.cli.write;

import dev.irqledger.cli.Cluster;
import dev.irqledger.cli.ExitCode;
import dev.irqledger.cli.LatestWriter;
import dev.irqledger.cli.LogOptions;
import dev.irqledger.cli.OutputOption;
import dev.irqledger.cli.TopicOptions;
import dev.irqledger.cli.write.Policies.Held;
import dev.irqledger.launch.DurationText;
import dev.irqledger.wire.avro.Policy;
import dev.irqledger.wire.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code policy set}: limits for a host, or for every host. */
@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Set limits, and show the policy before and after.",
      "",
      "What is named is replaced, the rest stays. A host that had no policy of its own begins with a"
          + " copy of that of every host ('*'), so that nothing else changes for it. Topics that are"
          + " missing are created.",
      "",
      "Findings only tell, unless --enforce says what is done about them: then the service asks the"
          + " host's agent, once for each finding, and only about devices that the agent opened"
          + " itself. disable and close take the armed vectors of the device, too.",
      "",
      "JSON: host, written, before and after, each with " + PolicyText.FIELDS + ".",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the policy that is there cannot be read; nothing was written",
      "2:wrong usage",
      "3:no broker answers",
      "4:the topics are not as the log needs them"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger policy set --host '*' --budget 'device:*:allocated=256' --idle-limit 1h",
      "  irq-ledger policy set --host hv-1 --budget vm:web-1:armed=64,allocated=128",
      "  irq-ledger policy set --host hv-1 --budget device:0000:01:00.0:armed=32",
      "  irq-ledger policy set --host hv-1 --budget vm:web-1:none --idle-limit none",
      "  irq-ledger policy set --host hv-1 --enforce over-budget=clear,idle=disable"
    })
public final class PolicySetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PolicyHost host = new PolicyHost();

  @Option(
      names = "--budget",
      paramLabel = "SCOPE:NAME:LIMITS",
      converter = BudgetText.Converter.class,
      description = {
        "SCOPE: host, vm or device. NAME: the VM's name or the PCI address, '*' for each one.",
        "LIMITS: armed=N, allocated=M, both with a comma, or none to take the budget away."
      })
  private List<BudgetText> budgets = List.of();

  @Option(
      names = "--idle-limit",
      paramLabel = "TIME",
      converter = IdleLimit.Converter.class,
      description =
          "Report a vector that keeps its irq without a trigger for longer: 30s, 1h, or none.")
  private @Nullable IdleLimit idleLimit;

  @Option(
      names = "--enforce",
      paramLabel = "FINDING=ACTION",
      converter = EnforceText.Converter.class,
      description = {
        "over-budget=clear takes triggers away from a device over its own budget, those first that"
            + " did not fire for longest; over-budget=disable or close; idle=disable or close frees"
            + " what keeps its irq without a trigger for too long. none: findings only tell."
      })
  private List<EnforceText> enforce = List.of();

  @Option(
      names = "--enforce-expiry",
      paramLabel = "TIME",
      converter = DurationText.Converter.class,
      description =
          "The agent refuses what it is asked for later than that after the finding's cause: 1s to"
              + " 1d (default: 60s).")
  private @Nullable Duration enforceExpiry;

  @Option(names = "--replace", description = "Begin with an empty policy: what is not named goes.")
  private boolean replace;

  @Option(names = "--dry-run", description = "Show what would be, and write nothing.")
  private boolean dryRun;

  @Mixin private LogOptions log = new LogOptions();
  @Mixin private TopicOptions topics = new TopicOptions();

  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    String name = host.name();
    PolicyChange change =
        new PolicyChange(budgets, idleLimit, new EnforcementChange(enforce, enforceExpiry));
    if (change.nothing() && !replace) {
      throw wrong("name what is to be set: --budget, --idle-limit or --enforce");
    }
    String fault = change.fault(name);
    if (fault != null) {
      throw wrong(fault);
    }
    Cluster cluster = log.cluster();
    if (!dryRun) {
      topics.ensure(cluster, spec.commandLine().getErr());
    }
    Policies policies = policies(cluster);
    if (!replace && policies.unreadable().contains(name)) {
      return PolicyGroup.report(policies, spec);
    }
    Held before = policies.effective(name);
    Policy after = change.apply(name, before == null || replace ? null : before.policy());
    if (enforceExpiry != null && after.getEnforcement() == null) {
      throw wrong("nothing is enforced, and so nothing expires: name --enforce too");
    }
    if (!dryRun) {
      try (LatestWriter<Policy> writer =
          new LatestWriter<>(cluster, Topic.POLICIES, Policy.class)) {
        writer.write(name, after);
      }
    }
    new PolicyPrinter(output.format(), spec.commandLine().getOut())
        .change(name, before == null ? null : before.policy(), after, !dryRun);
    if (!dryRun && before != null && !before.policy().getHost().equals(name)) {
      tellOfTheCopy(name);
    }
    return ExitCode.OK;
  }

  private static Policies policies(Cluster cluster) {
    try (TopicReader reader = new TopicReader(cluster)) {
      return Policies.read(reader, cluster.schemas());
    }
  }

  private void tellOfTheCopy(String name) {
    spec.commandLine()
        .getErr()
        .println(
            "irq-ledger: "
                + name
                + " has a policy of its own now: later changes of that of '*' do not reach it,"
                + " until 'policy rm --host "
                + name
                + "'");
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
