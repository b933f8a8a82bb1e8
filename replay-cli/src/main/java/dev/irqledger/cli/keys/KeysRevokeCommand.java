package dev.irqledger.cli.keys;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keys revoke}: a key that counts no more. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Let a key's signatures count no more. What it signed before stays signed.",
      "",
      "JSON: " + KeysPrinter.FIELDS + ".",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "2:wrong usage, or nothing that can be changed so",
      "3:no broker answers",
      "4:the topics are not as the log needs them"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  irq-ledger keys revoke --host hv-1 4c0a2b1f"})
public final class KeysRevokeCommand implements Callable<Integer> {
  @Mixin private KeysChangeOptions change = new KeysChangeOptions();

  @Parameters(
      paramLabel = "ID",
      description = "The key's id as 'keys ls' shows it, or its first digits, at least 8.")
  private String id;

  @Override
  public Integer call() {
    return change.make(false, (host, before, at) -> KeyChange.revoke(host, before, id, at));
  }
}
