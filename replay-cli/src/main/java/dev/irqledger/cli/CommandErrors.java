package dev.irqledger.cli;

import static dev.irqledger.launch.ProgramErrors.firstLine;
import static dev.irqledger.launch.ProgramErrors.say;

import dev.irqledger.cli.sql.TablesFailure;
import dev.irqledger.launch.ProgramErrors;
import dev.irqledger.replay.ReplayException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What goes wrong in these commands, beside what goes wrong in every program. */
public final class CommandErrors implements IExecutionExceptionHandler {
  private final ProgramErrors common = new ProgramErrors();

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
      default -> common.handleExecutionException(exception, command, parsed);
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
}
