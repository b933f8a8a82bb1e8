package dev.irqledger.cli.keys;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keys}: who signs with what. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    subcommands = {
      KeysEnrollCommand.class,
      KeysRevokeCommand.class,
      KeysRequireCommand.class,
      KeysListCommand.class
    },
    description = {
      "Say by which keys hosts sign their events, and since when they must.",
      "",
      "Kafka cannot restrict by key, and a record does not say who wrote it: an agent's user may write"
          + " events of any host. Where signing is required, an event that no key of its host signed"
          + " is a violation (SIGNED_BY_HOST), and is not applied.",
      ""
    },
    footerHeading = "%nA host begins to sign:%n",
    footer = {
      "  openssl genpkey -algorithm ed25519 -out hv-1.pem        on the host, and there it stays",
      "  openssl pkey -in hv-1.pem -pubout -out hv-1.pub",
      "  irq-ledger keys enroll --host hv-1 hv-1.pub",
      "  irq-ledger agent serve --backend linux --signing-key hv-1.pem",
      "  irq-ledger keys require --host hv-1"
    })
public final class KeysGroup implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "keys: enroll, revoke, require or ls?");
  }
}
