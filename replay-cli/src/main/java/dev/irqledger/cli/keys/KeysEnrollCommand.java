package dev.irqledger.cli.keys;

import dev.irqledger.replay.verify.HeadKeys;
import dev.irqledger.wire.signature.VerifyingKey;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keys enroll}: one more key of a host. */
@Command(
    name = "enroll",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Let the signatures of a key count for a host, beside those of its other keys.",
      "",
      "To change a host's key: enroll the new one, give it to the agent, revoke the old one.",
      "",
      "JSON: " + KeysPrinter.FIELDS + ".",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "2:wrong usage, or nothing that can be changed so",
      "3:no broker answers",
      "4:the topics are not as the log needs them",
      "6:the file holds no such key"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  irq-ledger keys enroll --host hv-1 hv-1.pub"})
public final class KeysEnrollCommand implements Callable<Integer> {
  @Mixin private KeysChangeOptions change = new KeysChangeOptions();

  @Parameters(
      paramLabel = "FILE",
      description = "The public key in PEM, as 'openssl pkey -in KEY -pubout' writes it.")
  private Path file;

  @Override
  public Integer call() {
    VerifyingKey key = HeadKeys.checking(file);
    return change.make(false, (host, before, at) -> KeyChange.enroll(host, before, key, at));
  }
}
