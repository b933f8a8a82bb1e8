package dev.irqledger.cli.write;

import dev.irqledger.cli.InputException;
import dev.irqledger.cli.Lines;
import dev.irqledger.recordings.BadLine;
import dev.irqledger.recordings.OpFile;
import dev.irqledger.recordings.OpScript;
import dev.irqledger.recordings.PrintableText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The operations that a command line names: all are read before any is sent. */
final class OpArguments {
  /** Twice what the longest sensible one takes, which names 2048 eventfds. */
  private static final int LONGEST_OP = 32_768;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Parameters(
      paramLabel = "OP",
      arity = "0..*",
      description = {
        "What to do, each in quotes: 'open', 'close', 'reset', or 'set INDEX START COUNT"
            + " none|bool|eventfd trigger|mask|unmask DATA'. INDEX: 0 INTx, 1 MSI, 2 MSI-X, 3 ERR,"
            + " 4 REQ. DATA of eventfd: e0 to e63 (the agent's own), -1 for none."
      })
  private List<String> texts = List.of();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Operations from a file, one a line; # begins a comment.")
  private @Nullable Path file;

  /**
   * The operations in their order, each in its canonical text.
   *
   * @throws ParameterException if there is none, or one is none
   * @throws InputException if the file cannot be read, or a line of it is no operation
   */
  List<String> read() {
    if (texts.isEmpty() == (file == null)) {
      throw wrong("name what is to be done: operations in quotes, or --file, and not both");
    }
    List<String> ops = file == null ? texts.stream().map(this::op).toList() : fromFile(file);
    for (String op : ops) {
      if (op.length() > LONGEST_OP) {
        throw wrong("an operation has at most " + LONGEST_OP + " characters, not " + op.length());
      }
    }
    return ops;
  }

  private String op(String text) {
    try {
      return OpScript.format(OpScript.parse(text));
    } catch (IllegalArgumentException e) {
      throw wrong(
          "not an operation: '"
              + PrintableText.of(text, 60)
              + "': "
              + e.getMessage()
              + (text.indexOf(' ') < 0 && texts.size() > 1 ? " (write each OP in quotes)" : ""));
    }
  }

  private static List<String> fromFile(Path file) {
    List<String> lines = new ArrayList<>();
    Lines.read(file, (_, line) -> lines.add(line));
    OpFile ops = OpFile.parse(lines);
    if (!ops.errors().isEmpty()) {
      BadLine bad = ops.errors().getFirst();
      throw new InputException(
          file
              + ":"
              + bad.line()
              + ": '"
              + bad.text()
              + "': "
              + bad.reason()
              + "; nothing was sent");
    }
    if (ops.entries().isEmpty()) {
      throw new InputException(file + " holds no operation: write one a line");
    }
    return ops.entries().stream().map(entry -> OpScript.format(entry.op())).toList();
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
