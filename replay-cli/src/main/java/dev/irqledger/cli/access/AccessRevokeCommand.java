package dev.irqledger.cli.access;

import java.util.concurrent.Callable;
import org.apache.kafka.common.acl.AclBinding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code access revoke}: a role's rights, no longer for a user. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Take the rights of a role from a user. Where the user has another role too, grant that one"
          + " again afterwards: rights that both need are gone.",
      "",
      "Prints each right on a line, whether the user had it or not.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "2:wrong usage",
      "3:no broker answers",
      "4:the cluster authorizes nobody, or this user may not change rights"
    },
    footerHeading = "%nExample:%n",
    footer = "  irq-ledger access revoke agent --principal User:hv-1 --host hv-1")
public final class AccessRevokeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ChangeOptions change = new ChangeOptions();

  @Override
  public Integer call() {
    return change.make(
        "revoke",
        (admin, rights) ->
            admin.deleteAcls(rights.stream().map(AclBinding::toFilter).toList()).all(),
        spec.commandLine().getOut());
  }
}
