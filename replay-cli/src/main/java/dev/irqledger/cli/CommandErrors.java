package dev.irqledger.cli;

import dev.irqledger.cli.sql.TablesFailure;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.wire.SchemasUnavailable;
import java.io.PrintWriter;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what goes wrong into one line that names cause and remedy, and into an exit code. */
public final class CommandErrors implements IExecutionExceptionHandler, IParameterExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception exception, CommandLine command, ParseResult parsed) {
    if (command.getOut().checkError()) {
      return ExitCode.OK; // the reader of our output has closed the pipe: nobody waits for more
    }
    return switch (exception) {
      case ReplayException e -> say(command, firstLine(e), code(e));
      case InputException e -> say(command, firstLine(e), ExitCode.INPUT);
      case OutputException e -> say(command, firstLine(e), ExitCode.OUTPUT);
      case TablesFailure e -> say(command, firstLine(e), ExitCode.OUTPUT);
      case SchemasUnavailable e ->
          say(command, firstLine(e) + ": check that Kafka runs", ExitCode.UNREACHABLE);
      case KafkaException e -> say(command, "Kafka: " + firstLine(e), ExitCode.UNREACHABLE);
      default -> {
        say(
            command,
            "a fault of the program itself: "
                + exception
                + "; run it again with IRQ_LEDGER_LOG=INFO for where it happened, and report it",
            ExitCode.INTERNAL);
        System.getLogger(CommandErrors.class.getName())
            .log(System.Logger.Level.ERROR, "uncaught", exception);
        yield ExitCode.INTERNAL;
      }
    };
  }

  private static int code(ReplayException e) {
    return switch (e.kind()) {
      case WRONG_USE -> ExitCode.USAGE;
      case UNREACHABLE -> ExitCode.UNREACHABLE;
      case NO_TOPIC -> ExitCode.NO_TOPIC;
      case NO_SUCH_POINT, LOG_CUT -> ExitCode.NO_SUCH_POINT;
      case ARCHIVE_UNREADABLE, INPUT_UNREADABLE -> ExitCode.INPUT;
      case ARCHIVE_UNWRITABLE -> ExitCode.OUTPUT;
    };
  }

  private static int say(CommandLine command, String message, int code) {
    command.getErr().println("irq-ledger: " + message);
    return code;
  }

  private static String firstLine(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    // picocli begins some of its messages, but not all, with a word of its own
    err.println("irq-ledger: " + firstLine(e).replaceFirst("^Error: ", ""));
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }
}
