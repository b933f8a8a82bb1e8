package dev.irqledger.cli.access;

import dev.irqledger.cli.ExitCode;
import dev.irqledger.cli.LogOptions;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.acl.AclBinding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code access grant}: a role's rights, for a user. */
@Command(
    name = "grant",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Give a user the rights of a role. What it may do already, it may go on to do.",
      "",
      "Prints each right on a line.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "2:wrong usage",
      "3:no broker answers",
      "4:the cluster authorizes nobody, or this user may not change rights"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger access grant agent --principal User:hv-1 --host hv-1 --dry-run",
      "  irq-ledger access grant reader --principal User:audit --kafka-config admin.properties"
    })
public final class AccessGrantCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RoleOptions role = new RoleOptions();
  @Mixin private LogOptions log = new LogOptions();

  @Option(names = "--dry-run", description = "Print the rights, and change nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    List<AclBinding> rights = role.bindings();
    if (!dryRun) {
      new AccessChange(log.cluster()).make(admin -> admin.createAcls(rights).all());
    }
    AccessChange.print("allow", rights, spec.commandLine().getOut());
    return ExitCode.OK;
  }
}
