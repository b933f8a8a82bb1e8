package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.irqledger.standalone.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * {@code docs/cli.md} is what the commands say of themselves. {@code IRQ_LEDGER_GOLDEN=write} in
 * the environment writes it anew.
 */
class CommandLineDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "cli.md");
  private static final int WIDTH = 100;

  private static final String HEAD =
      """
      # Commands

      What `irq-ledger COMMAND --help` prints of each command. `irq-ledger generate-completion` prints a
      script that completes them in bash and zsh.
      """;

  @Test
  void every_command_is_told_of_as_it_tells_of_itself() throws IOException {
    StringBuilder text = new StringBuilder(HEAD);
    add(Main.commandLine(), text);
    if ("write".equals(System.getenv("IRQ_LEDGER_GOLDEN"))) {
      Files.writeString(DOCUMENT, text);
    }
    assertEquals(Files.readString(DOCUMENT), text.toString());
  }

  private static void add(CommandLine command, StringBuilder text) {
    command.setUsageHelpWidth(WIDTH);
    text.append("\n## ").append(command.getCommandSpec().qualifiedName()).append("\n\n```\n");
    command
        .getUsageMessage(Ansi.OFF)
        .lines()
        .map(String::stripTrailing)
        .forEach(line -> text.append(line).append('\n'));
    text.append("```\n");
    Set<CommandLine> inner = new LinkedHashSet<>(command.getSubcommands().values());
    inner.stream()
        .filter(each -> !each.getCommandSpec().usageMessage().hidden())
        .forEach(each -> add(each, text));
  }
}
