package dev.irqledger.cli.archive;

import dev.irqledger.cli.ExitCode;
import dev.irqledger.cli.Progress;
import dev.irqledger.replay.archive.ArchiveCheck;
import dev.irqledger.replay.archive.ArchiveCheck.Finding;
import dev.irqledger.replay.archive.ArchiveCheck.Kind;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay archive check}: is an archive what it says? */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Check an archive: every file against its SHA-256, the order of the records, the index, the"
          + " chains of hashes of the events, and each checkpoint against a fold of the records.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is in order",
      "1:the files are whole, but events do not link up: the log itself was like that",
      "2:wrong usage",
      "6:the archive is not there, or a file of it is damaged; each is named"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  irq-ledger replay archive check /var/backups/irq"})
public final class ArchiveCheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The archive's directory.")
  private Path directory;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    ArchiveCheck.Report report =
        ArchiveCheck.run(directory, new Progress("files checked", err)::at);
    for (Finding finding : report.findings()) {
      err.println("irq-ledger: " + finding.line());
    }
    if (report.findings().stream().anyMatch(f -> f.kind() == Kind.DAMAGE)) {
      return ExitCode.INPUT;
    }
    spec.commandLine()
        .getOut()
        .println(
            directory
                + ": "
                + report.files()
                + " files as they were written, "
                + report.records()
                + " records in order, "
                + report.checkpoints()
                + " checkpoints equal the fold");
    return report.findings().isEmpty() ? ExitCode.OK : ExitCode.FOUND;
  }
}
