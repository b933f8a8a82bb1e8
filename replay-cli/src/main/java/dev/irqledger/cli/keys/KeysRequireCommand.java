package dev.irqledger.cli.keys;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keys require}: events must be signed. */
@Command(
    name = "require",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Require that a host's events are signed: from then on one without the right signature is a"
          + " violation (SIGNED_BY_HOST) and is not applied.",
      "",
      "With '*' it is required of every host, also of those that nobody enrolled.",
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
    footer = {
      "  irq-ledger keys require --host hv-1",
      "  irq-ledger keys require --host '*'",
      "  irq-ledger keys require --host hv-1 --off"
    })
public final class KeysRequireCommand implements Callable<Integer> {
  @Mixin private KeysChangeOptions change = new KeysChangeOptions();

  @Option(names = "--off", description = "Require it no longer.")
  private boolean off;

  @Override
  public Integer call() {
    return change.make(true, off ? KeyChange::lift : KeyChange::require);
  }
}
