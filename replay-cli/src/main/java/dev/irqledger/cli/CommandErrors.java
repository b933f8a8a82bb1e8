package dev.irqledger.cli;

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
      case ReplayException e -> say(command, e.getMessage(), code(e));
      case InputException e -> say(command, e.getMessage(), ExitCode.INPUT);
      case SchemasUnavailable e ->
          say(command, e.getMessage() + ": check that Kafka runs", ExitCode.UNREACHABLE);
      case KafkaException e ->
          say(command, "Kafka: " + firstLine(e.getMessage()), ExitCode.UNREACHABLE);
      default -> {
        say(command, "a fault of the program itself: " + exception, ExitCode.INTERNAL);
        for (StackTraceElement frame : exception.getStackTrace()) {
          System.getLogger(CommandErrors.class.getName())
              .log(System.Logger.Level.DEBUG, () -> "  at " + frame);
        }
        yield ExitCode.INTERNAL;
      }
    };
  }

  private static int code(ReplayException e) {
    return switch (e.kind()) {
      case UNREACHABLE -> ExitCode.UNREACHABLE;
      case NO_TOPIC -> ExitCode.NO_TOPIC;
      case NO_SUCH_POINT, LOG_CUT -> ExitCode.NO_SUCH_POINT;
    };
  }

  private static int say(CommandLine command, String message, int code) {
    command.getErr().println("irq-ledger: " + message);
    return code;
  }

  private static String firstLine(String message) {
    return message == null ? "refused, without saying why" : message.lines().findFirst().orElse("");
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("irq-ledger: " + firstLine(e.getMessage()));
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }
}
