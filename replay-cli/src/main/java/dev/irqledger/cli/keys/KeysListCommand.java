package dev.irqledger.cli.keys;

import dev.irqledger.cli.ExitCode;
import dev.irqledger.cli.LogOptions;
import dev.irqledger.cli.OutputOption;
import dev.irqledger.recordings.PrintableText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code keys ls}: what is enrolled. */
@Command(
    name = "ls",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "List the keys of all hosts, and when they must sign; '*' stands for every host.",
      "",
      "JSON: " + KeysPrinter.FIELDS + ".",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, also where nobody is enrolled",
      "1:a record could not be read",
      "2:wrong usage",
      "3:no broker answers"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  irq-ledger keys ls -o json"})
public final class KeysListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LogOptions log = new LogOptions();
  @Mixin private OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    HeldKeys held = HeldKeys.read(log.cluster());
    KeysPrinter printer = new KeysPrinter(output.format(), spec.commandLine().getOut());
    held.byHost().values().forEach(printer::print);
    PrintWriter err = spec.commandLine().getErr();
    if (held.byHost().isEmpty() && held.unreadable().isEmpty()) {
      err.println("irq-ledger: nobody is enrolled");
    }
    held.unreadable()
        .forEach(host ->
            err.println(
                "irq-ledger: the keys of "
                    + PrintableText.of(host, 253)
                    + " cannot be read, so none of its events counts: a newer version wrote them"));
    return held.unreadable().isEmpty() ? ExitCode.OK : ExitCode.FOUND;
  }
}
