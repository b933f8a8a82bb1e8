package dev.irqledger.dist;

import dev.irqledger.agent.cli.AgentMain;
import dev.irqledger.cli.CliMain;
import dev.irqledger.service.cli.ServiceMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Writes the manual pages' source, and the shell completions, of each program's commands. */
public final class Pages {
  private static final boolean[] QUIET = {};

  /** In characters: whoever shows a page breaks its lines. */
  private static final int ONE_LINE = 2_000;

  private Pages() {}

  /**
   * Writes {@code adoc/PROGRAM/*.adoc} and {@code completion/PROGRAM}.
   *
   * @param arguments the folder to write in
   * @throws IOException if it cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    Path into = Path.of(arguments[0]);
    Path completions = Files.createDirectories(into.resolve("completion"));
    List<CommandLine> programs =
        List.of(CliMain.commandLine(), AgentMain.commandLine(), ServiceMain.commandLine());
    for (CommandLine program : programs) {
      String name = program.getCommandName();
      Files.writeString(completions.resolve(name), AutoComplete.bash(name, program));
      // The command that prints completions is picocli's own, and so is "help".
      program.getCommandSpec().removeSubcommand("generate-completion");
      program.getCommandSpec().removeSubcommand("help");
      program.setUsageHelpWidth(ONE_LINE);
      Path source = Files.createDirectories(into.resolve("adoc").resolve(name));
      ManPageGenerator.generateManPage(
          source.toFile(), null, QUIET, true, program.getCommandSpec());
    }
  }
}
