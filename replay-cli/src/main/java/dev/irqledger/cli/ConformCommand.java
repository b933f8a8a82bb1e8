package dev.irqledger.cli;

import dev.irqledger.cli.conform.Conformance;
import dev.irqledger.recordings.BadLine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code conform}: does the model do what the kernel did? */
@Command(
    name = "conform",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Run recorded kernel traces through the model and through events and fold.",
      "",
      "After every operation the return value, the mode, the allocated vectors, their Linux irqs,"
          + " their triggers and the eventfds signalled are compared with what the kernel showed."
          + " What the recorded host had to give is inferred from the trace.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no operation differs",
      "1:an operation differs, or a line could not be read",
      "2:wrong usage",
      "6:a file cannot be read, or holds no operation"
    },
    footerHeading = "%nExample:%n",
    footer = "  irq-ledger conform traces/*.jsonl")
public final class ConformCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Kernel traces (.jsonl), also packed with gzip.")
  private List<Path> files;

  private long operations;
  private long differing;
  private long badLines;

  @Override
  public Integer call() {
    int code = ExitCode.OK;
    for (Path file : files) {
      try {
        run(file);
      } catch (InputException e) {
        spec.commandLine().getErr().println("irq-ledger: " + e.getMessage());
        code = ExitCode.INPUT;
      }
    }
    spec.commandLine().getOut().println(operations + " operations, " + differing + " differ");
    if (badLines > 0) {
      spec.commandLine()
          .getErr()
          .println("irq-ledger: " + badLines + " lines are missing or could not be read");
    }
    return code == ExitCode.OK && (differing > 0 || badLines > 0) ? ExitCode.FOUND : code;
  }

  private void run(Path file) {
    Conformance conformance = new Conformance();
    Lines.read(file, conformance::line);
    Conformance.Result result = conformance.result();
    if (result.operations() == 0 && !result.badLines().isEmpty()) {
      throw new InputException(file + " is no kernel trace: " + result.badLines().get(0).reason());
    }
    for (BadLine bad : result.badLines()) {
      spec.commandLine().getErr().println(file + ":" + bad.line() + ": " + bad.reason());
    }
    badLines += result.badLineCount();
    operations += result.operations();
    differing += result.differing();
    if (result.operations() == 0) {
      throw new InputException(file + " holds no operation: a kernel trace is expected");
    }
    print(file, result);
  }

  private void print(Path file, Conformance.Result result) {
    PrintWriter out = spec.commandLine().getOut();
    if (result.firstDifference() != null) {
      out.println(file + ": " + result.firstDifference());
    }
    if (result.capacity() != null) {
      out.println(file + ": the host had " + result.capacity() + " to give (inferred)");
    }
  }
}
