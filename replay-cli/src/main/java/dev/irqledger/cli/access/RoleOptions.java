package dev.irqledger.cli.access;

import dev.irqledger.cli.HostName;
import dev.irqledger.wire.topic.AccessRole;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AclBinding;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Whose rights, and which. */
final class RoleOptions {
  private static final Pattern PRINCIPAL = Pattern.compile("[A-Za-z]+:.+");
  private static final Pattern APPLICATION = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Parameters(paramLabel = "ROLE", description = "${COMPLETION-CANDIDATES}, in capitals or not.")
  private AccessRole role;

  @Option(
      names = "--principal",
      required = true,
      paramLabel = "TYPE:NAME",
      description =
          "The user as the broker knows it: User:hv-1 with SCRAM, User:CN=hv-1 with a certificate"
              + " of that name.")
  private String principal;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "With agent: the host that it acts for.")
  private @Nullable String host;

  @Option(
      names = "--application-id",
      paramLabel = "ID",
      defaultValue = "irq-ledger",
      description = "With service: what its group is called (default: ${DEFAULT-VALUE}).")
  private String applicationId;

  /**
   * The rights that are meant.
   *
   * @throws ParameterException if something is missing, or cannot be
   */
  List<AclBinding> bindings() {
    if (!PRINCIPAL.matcher(principal).matches()) {
      throw wrong("--principal: TYPE:NAME, such as User:hv-1, not '" + principal + "'");
    }
    return role.bindings(
        principal,
        switch (role) {
          case AGENT -> host();
          case SERVICE -> application();
          case READER, OPERATOR, ENROLLER -> "";
        });
  }

  private String host() {
    if (host == null) {
      throw wrong("--host: an agent acts for one host: name it");
    }
    return HostName.require(host, spec);
  }

  private String application() {
    if (!APPLICATION.matcher(applicationId).matches()) {
      throw wrong("--application-id: letters, digits, '.', '_' and '-', at most 100");
    }
    return applicationId;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
