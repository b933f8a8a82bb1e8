package dev.irqledger.service.cli;

import dev.irqledger.service.Reset;
import dev.irqledger.service.ServiceException;
import dev.irqledger.service.ServiceSettings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code service reset}: the next start folds all history anew. */
@Command(
    name = "reset",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Delete what an instance of the service keeps, so that the next start folds all history"
          + " anew.",
      "",
      "That is: the committed positions of its group, its changelogs, and this machine's local"
          + " state. The log's own topics stay, and so does what was derived from them: a fold"
          + " from the beginning writes the same states and findings once more, under the same"
          + " keys and ids. Refuses while an instance runs. What other machines keep locally is"
          + " theirs to delete: run it there too, before an instance starts.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "2:wrong usage, or neither --yes nor --dry-run",
      "3:no broker answers",
      "4:an instance runs, or the broker refused",
      "6:the state directory cannot be used"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger service reset --dry-run",
      "  irq-ledger service reset -b kafka-1:9092 --state-dir /var/lib/irq-ledger --yes"
    })
public final class ResetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** So that the command line takes them; {@link Configured} says which values hold. */
  @SuppressWarnings("UnusedVariable")
  @Mixin
  private InstanceOptions instance = new InstanceOptions();

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(names = "--dry-run", description = "Say what would be deleted, and delete nothing.")
  private boolean dryRun;

  @Option(names = "--yes", description = "Delete it.")
  private boolean yes;

  @Override
  public Integer call() {
    ServiceSettings settings =
        config
            .fill(spec.commandLine(), new InstanceOptions())
            .options()
            .settings(spec.commandLine());
    if (dryRun == yes) {
      throw new ParameterException(
          spec.commandLine(), "say --dry-run to see what would be deleted, or --yes to delete it");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Reset reset = Reset.of(settings)) {
      Reset.Plan plan = reset.plan();
      plan.lines().forEach(line -> out.println((dryRun ? "would delete " : "deleting ") + line));
      if (plan.lines().isEmpty()) {
        out.println("there is nothing to delete");
      } else if (yes) {
        reset.carryOut(plan);
      }
      return ExitCode.OK;
    } catch (ServiceException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("irq-ledger: " + e.getMessage());
      return ExitCode.of(e);
    } finally {
      out.flush();
    }
  }
}
