package dev.irqledger.cli.access;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Mixin private ChangeOptions change = new ChangeOptions();

  @Override
  public Integer call() {
    return change.make(
        "allow", (admin, rights) -> admin.createAcls(rights).all(), spec.commandLine().getOut());
  }
}
