package dev.irqledger.cli.access;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code access}: who may do what on the cluster. */
@Command(
    name = "access",
    mixinStandardHelpOptions = true,
    subcommands = {AccessGrantCommand.class, AccessRevokeCommand.class},
    description = {
      "Give users of a Kafka cluster the rights that their part needs, and no other.",
      "",
      "For clusters that authorize their clients (authorizer.class.name). Roles: agent (of one host),"
          + " service, reader (replay, watch) and operator (reader that may also set policies and"
          + " send commands). Whoever runs this needs the right to alter the cluster.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger access grant agent --principal User:hv-1 --host hv-1 --dry-run",
      "  irq-ledger access grant service --principal User:ledger --kafka-config admin.properties"
    })
public final class AccessGroup implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "access: grant or revoke?");
  }
}
