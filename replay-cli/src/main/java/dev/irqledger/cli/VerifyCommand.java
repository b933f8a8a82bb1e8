package dev.irqledger.cli;

import dev.irqledger.core.point.Point;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.verify.HeadKeys;
import dev.irqledger.replay.verify.Heads;
import dev.irqledger.replay.verify.HeadsEnvelope;
import dev.irqledger.replay.verify.Verification;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code replay verify}: whether the log is whole, and the service's states are what it gives. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Check a log from its beginning: that every event can be read, that each device's events are"
          + " numbered without gaps and chained by their hashes, and that the states which the"
          + " service keeps are, byte for byte, what the log gives at their positions.",
      "",
      "Rules of the kernel that events break are told, and are no fault of the log: to find them is"
          + " what it is there for. An event that came again with the same content is harmless;"
          + " with --strict it counts.",
      "",
      "Whoever can write the whole log can also compute the chain anew: heads that were signed before"
          + " ('replay sign') show that.",
      "",
      "Of an archive the events alone are checked; replay archive check is about its files.",
      "",
      "JSON: point, sound, events, devices, unreadable, repeated, faults [{host, device, partition,"
          + " offset, what, detail}], faultsInAll, findings {rule: count}, states {kept, equal,"
          + " behind, missing}, heads {signed, equal, pruned}; states is null with --log-only or"
          + " --archive, heads without --heads.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:sound",
      "1:not sound: what is wrong is told",
      "2:wrong usage",
      "3:no broker answers",
      "4:a topic is missing",
      "5:the log was cut, or no such device",
      "6:the archive is not there or is damaged, or the heads were not signed with that key"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger replay verify",
      "  irq-ledger replay verify --host hv-1 --log-only -o json",
      "  irq-ledger replay verify --archive incident-7 --heads heads.json --public-key auditor.pem",
      "  irq-ledger replay verify --archive incident-7",
      "  0 3 * * *  irq-ledger replay verify --strict > /var/log/irq-ledger-verify || mail ..."
    })
public final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SourceOptions source = new SourceOptions();
  @Mixin private Selection selection = new Selection();

  @Option(names = "--log-only", description = "Do not compare the service's states.")
  private boolean logOnly;

  @Option(names = "--strict", description = "An event that came again is not sound, either.")
  private boolean strict;

  @ArgGroup(exclusive = false, heading = "%nHeads that were signed:%n")
  private @Nullable Signed signed;

  /** Where signed heads are, and the key that they are to be checked with: both, or none. */
  private static final class Signed {
    @Option(
        names = "--heads",
        paramLabel = "FILE",
        required = true,
        description = "The log must have the heads that 'replay sign' wrote there.")
    private Path file;

    @Option(
        names = "--public-key",
        paramLabel = "FILE",
        required = true,
        description = "The Ed25519 key that they were signed with, its public half, in PEM form.")
    private Path key;
  }

  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    // the states first: whatever they were folded from is in the log by then
    boolean compare = !logOnly && !source.isArchive();
    ServiceStates kept =
        compare
            ? ServiceStates.read(source.kafka().cluster(), selection.devices())
            : new ServiceStates(Map.of(), 0);
    Verification verification = new Verification(kept.states(), heads().of(selection.devices()));
    Image image =
        new Past(source, selection, spec.commandLine().getErr()).replay(Point.LATEST, verification);
    VerifyReport report =
        new VerifyReport(image, verification.report(), kept.unreadable(), compare, strict);
    switch (output.format()) {
      case table -> report.print(spec.commandLine().getOut());
      case json -> report.json(spec.commandLine().getOut());
    }
    return report.sound() ? ExitCode.OK : ExitCode.FOUND;
  }

  private Heads heads() {
    Signed from = signed;
    return from == null
        ? Heads.NONE
        : HeadsEnvelope.open(HeadsFile.read(from.file), HeadKeys.checking(from.key));
  }
}
