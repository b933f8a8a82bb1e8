package dev.irqledger.launch;

import dev.irqledger.wire.LookupUnavailable;
import java.io.PrintWriter;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What can go wrong in every program, in one line that names cause and remedy, and an exit code.
 */
public final class ProgramErrors implements IExecutionExceptionHandler, IParameterExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception exception, CommandLine command, ParseResult parsed) {
    if (command.getOut().checkError()) {
      return ProgramExit.OK; // the reader of our output has closed the pipe: nobody waits for more
    }
    return switch (exception) {
      case LookupUnavailable e ->
          say(command, firstLine(e) + ": check that Kafka runs", ProgramExit.UNREACHABLE);
      case KafkaException e -> say(command, "Kafka: " + firstLine(e), ProgramExit.UNREACHABLE);
      default -> {
        say(
            command,
            "a fault of the program itself: "
                + exception
                + "; run it again with IRQ_LEDGER_LOG=INFO for where it happened, and report it",
            ProgramExit.INTERNAL);
        System.getLogger(ProgramErrors.class.getName())
            .log(System.Logger.Level.ERROR, "uncaught", exception);
        yield ProgramExit.INTERNAL;
      }
    };
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    // picocli begins some of its messages, but not all, with a word of its own
    err.println("irq-ledger: " + firstLine(e).replaceFirst("^Error: ", ""));
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ProgramExit.USAGE;
  }

  /** Says a failure's one line, and gives its exit code back. */
  public static int say(CommandLine command, String message, int code) {
    command.getErr().println("irq-ledger: " + message);
    return code;
  }

  /** The first line of what a failure says; its kind where it says nothing. */
  public static String firstLine(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }
}
