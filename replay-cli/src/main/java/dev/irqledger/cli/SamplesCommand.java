package dev.irqledger.cli;

import dev.irqledger.recordings.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay samples}: the recordings that come with the program. */
@Command(
    name = "samples",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "List the recordings of real runs that come with the program, or write them into a directory:"
          + " to try 'replay import' and all that follows it.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "2:wrong usage, or no such recording", "7:they cannot be written"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger replay samples",
      "  irq-ledger replay samples --out recordings qemu-10.0.2-nvme.qemu-trace.log",
      "  irq-ledger replay import recordings/*.log --out case-12"
    })
public final class SamplesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--out", paramLabel = "DIR", description = "Write them there.")
  private @Nullable Path directory;

  @Parameters(paramLabel = "NAME", arity = "0..*", description = "Only these; all without a name.")
  private List<String> wanted = List.of();

  @Override
  public Integer call() {
    List<String> names = wanted.isEmpty() ? Samples.names() : wanted;
    for (String name : names) {
      if (!Samples.names().contains(name)) {
        throw new ParameterException(
            spec.commandLine(),
            "no recording is named '" + name + "': 'replay samples' lists them");
      }
    }
    Path into = directory;
    if (into == null) {
      names.forEach(spec.commandLine().getOut()::println);
      return ExitCode.OK;
    }
    return write(names, into);
  }

  private int write(List<String> names, Path into) {
    try {
      for (String name : names) {
        Path file = into.resolve(name);
        Files.createDirectories(file.getParent() == null ? into : file.getParent());
        Files.write(file, Samples.lines(name));
        spec.commandLine().getOut().println(file);
      }
      return ExitCode.OK;
    } catch (IOException e) {
      spec.commandLine()
          .getErr()
          .println("irq-ledger: " + into + " cannot be written: " + e.getMessage());
      return ExitCode.OUTPUT;
    }
  }
}
