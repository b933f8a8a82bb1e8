package dev.irqledger.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

class MainTest {
  private static final String ESCAPE = "\u001b[";

  private static String run(String line) {
    StringWriter out = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.ON))
            .execute(line.split(" "));
    assertEquals(0, code, line);
    return out.toString();
  }

  @Test
  void colours_are_left_out_where_nobody_wants_them() {
    assertTrue(run("replay state --help").contains(ESCAPE));
    assertEquals(-1, run("--no-color replay state --help").indexOf(ESCAPE));
    assertEquals(-1, run("replay state --no-color --help").indexOf(ESCAPE));
  }

  @TestFactory
  Stream<DynamicTest> every_command_is_completed_by_the_shell_and_teaches() {
    String script = run("generate-completion");
    return commands(Main.commandLine())
        .map(command ->
            DynamicTest.dynamicTest(
                command.getCommandSpec().qualifiedName(),
                () -> {
                  assertTrue(script.contains(command.getCommandName()));
                  String name = command.getCommandSpec().qualifiedName(" ");
                  String help = run((name + " --help").substring("irq-ledger ".length()));
                  assertTrue(help.contains("Usage: " + ESCAPE) || help.contains("Usage: irq"));
                }));
  }

  private static Stream<CommandLine> commands(CommandLine of) {
    return of.getSubcommands().values().stream()
        .filter(command -> !command.getCommandName().equals("help"))
        .flatMap(command -> Stream.concat(Stream.of(command), commands(command)));
  }
}
