package dev.irqledger.cli;

import picocli.CommandLine.Option;

/** What a command writes its answer as. */
public final class OutputOption {
  @Option(
      names = {"-o", "--output"},
      defaultValue = "table",
      description =
          "${COMPLETION-CANDIDATES}: table is for people, json for programs, an object a line"
              + " (default: ${DEFAULT-VALUE}).")
  private OutputFormat format = OutputFormat.table;

  public OutputFormat format() {
    return format;
  }
}
