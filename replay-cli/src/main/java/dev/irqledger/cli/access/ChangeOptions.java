package dev.irqledger.cli.access;

import dev.irqledger.cli.ExitCode;
import dev.irqledger.cli.LogOptions;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which rights are changed, and where. */
final class ChangeOptions {
  @Mixin private RoleOptions role = new RoleOptions();
  @Mixin private LogOptions log = new LogOptions();

  @Option(names = "--dry-run", description = "Print the rights, and change nothing.")
  private boolean dryRun;

  /**
   * Changes them, unless it is a dry run, and prints each.
   *
   * @param how what a printed line begins with
   * @return the exit code
   */
  int make(
      String how, BiFunction<Admin, List<AclBinding>, KafkaFuture<?>> change, PrintWriter out) {
    List<AclBinding> rights = role.bindings();
    if (!dryRun) {
      new AccessChange(log.cluster()).make(admin -> change.apply(admin, rights));
    }
    AccessChange.print(how, rights, out);
    return ExitCode.OK;
  }
}
