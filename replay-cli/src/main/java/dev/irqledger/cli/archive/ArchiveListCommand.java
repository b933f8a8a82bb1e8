package dev.irqledger.cli.archive;

import dev.irqledger.cli.ExitCode;
import dev.irqledger.cli.OutputOption;
import dev.irqledger.replay.archive.ArchiveLogSource;
import dev.irqledger.replay.archive.Manifest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay archive ls}: what an archive holds. */
@Command(
    name = "ls",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Show what an archive holds of each partition: offsets, log times, bytes, checkpoints.",
      "",
      "JSON: one object, with 'partitions'; bytes are those on disk, times are log times.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "2:wrong usage", "6:the archive is not there, or is damaged"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger replay archive ls incident-7",
      "  irq-ledger replay archive ls incident-7 -o json"
    })
public final class ArchiveListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private OutputOption output = new OutputOption();

  @Parameters(paramLabel = "DIR", description = "The archive's directory.")
  private Path directory;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (ArchiveLogSource archive = ArchiveLogSource.open(directory)) {
      Manifest manifest = archive.manifest();
      switch (output.format()) {
        case table -> Listing.table(manifest, out);
        case json -> Listing.json(manifest, out);
      }
    }
    return ExitCode.OK;
  }
}
