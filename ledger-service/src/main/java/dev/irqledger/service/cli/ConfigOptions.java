package dev.irqledger.service.cli;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Where the options' values may be, beside the command line. */
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Values of the options, in a properties file: its keys are the long options without"
              + " their dashes. The command line wins over the environment (IRQ_LEDGER_STATE_DIR"
              + " for --state-dir, and so on), the environment over the file, the file over the"
              + " defaults.")
  private @Nullable Path file;

  /** The values of those options that hold for the command. */
  <T> Configured<T> fill(CommandLine command, T options) {
    return fill(command, options, System.getenv());
  }

  <T> Configured<T> fill(CommandLine command, T options, Map<String, String> environment) {
    String named = environment.get("IRQ_LEDGER_CONFIG");
    Path holding = file == null && named != null && !named.isBlank() ? Path.of(named) : file;
    return Configured.of(command, options, holding, environment);
  }
}
