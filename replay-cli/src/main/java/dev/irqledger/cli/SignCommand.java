package dev.irqledger.cli;

import dev.irqledger.replay.Image;
import dev.irqledger.replay.verify.HeadKeys;
import dev.irqledger.replay.verify.Heads;
import dev.irqledger.replay.verify.HeadsEnvelope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code replay sign}: the last event of each device, signed. */
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sign the last event of each device at a point. Since each event names the hash of the one"
          + " before it, whoever keeps the file can show later that nothing up to the point was"
          + " changed: 'replay verify --heads FILE' does, with the public key alone.",
      "",
      "The file is an envelope in the form of DSSE with one Ed25519 signature; its key id is the"
          + " SHA-256 of the public key.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:records that could not be read were passed over; nothing was signed",
      "2:wrong usage, no such form of a point, or the keys are no pair",
      "3:no broker answers",
      "4:the topic is missing",
      "5:the log does not hold the point, the log was cut, or no such device",
      "6:a key cannot be read, or the archive is not there or is damaged",
      "7:the file cannot be written"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  openssl genpkey -algorithm ed25519 -out auditor.key && chmod 600 auditor.key",
      "  openssl pkey -in auditor.key -pubout -out auditor.pem",
      "  irq-ledger replay sign --key auditor.key --public-key auditor.pem --out heads.json",
      "  irq-ledger replay verify --heads heads.json --public-key auditor.pem"
    })
public final class SignCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PastOptions past = new PastOptions();

  @Option(
      names = "--key",
      paramLabel = "FILE",
      required = true,
      description = "The Ed25519 key that signs, in PEM form.")
  private Path key;

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      required = true,
      description = "Its public half, in PEM form.")
  private Path publicKey;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where the signed heads are written; a file that is there is replaced.")
  private Path out;

  @Override
  public Integer call() {
    var signing = HeadKeys.signing(key);
    var checking = HeadKeys.checking(publicKey);
    Image image = past.state(spec.commandLine().getErr());
    if (PassedOver.report(image, spec.commandLine()) != ExitCode.OK) {
      return ExitCode.FOUND;
    }
    Heads heads = Heads.of(image);
    try {
      Files.write(out, HeadsEnvelope.seal(heads, signing, checking));
    } catch (IOException e) {
      throw OutputException.of(out, e);
    }
    spec.commandLine()
        .getOut()
        .println(
            heads.byDevice().size()
                + " heads up to "
                + heads.point()
                + " signed with the key "
                + checking.id());
    return ExitCode.OK;
  }
}
