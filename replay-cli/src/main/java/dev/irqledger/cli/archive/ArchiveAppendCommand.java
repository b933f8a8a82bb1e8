package dev.irqledger.cli.archive;

import dev.irqledger.cli.ExitCode;
import dev.irqledger.cli.LogOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay archive append}: what has come since. */
@Command(
    name = "append",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Add to an archive what the log has gained since.",
      "",
      "As 'pull', but the archive must be there: a misspelt name makes no new one.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, also where nothing was to be added",
      "2:wrong usage, or the archive is of another log",
      "3:no broker answers",
      "4:the topic is missing",
      "5:the log was cut, so the archive cannot go on",
      "6:the archive is not there, or is damaged",
      "7:the directory cannot be written, or another process writes it"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  irq-ledger replay archive append /var/backups/irq -b kafka-1:9092"})
public final class ArchiveAppendCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LogOptions log = new LogOptions();

  @Parameters(paramLabel = "DIR", description = "The archive's directory.")
  private Path directory;

  @Override
  public Integer call() {
    new PullRun(log, directory, spec.commandLine().getOut(), spec.commandLine().getErr()).append();
    return ExitCode.OK;
  }
}
