package dev.irqledger.fuzzing.targets;

import dev.irqledger.agent.cli.AgentMain;
import dev.irqledger.cli.CliMain;
import dev.irqledger.service.cli.ServiceMain;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The words of command lines, one a line: the programs' options and all values that they take. They
 * are taken or refused with {@link ParameterException} in words. Nothing is run.
 */
final class CommandLineTarget implements Target {
  private static final int MOST_WORDS = 40;

  private final CommandLine replay = CliMain.commandLine().setExpandAtFiles(false);
  private final CommandLine agent = AgentMain.commandLine().setExpandAtFiles(false);
  private final CommandLine service = ServiceMain.commandLine().setExpandAtFiles(false);

  @Override
  public void check(byte[] input) {
    String[] words = Text.lines(input).stream().limit(MOST_WORDS).toArray(String[]::new);
    parse(replay, words);
    parse(agent, words);
    parse(service, words);
  }

  private static void parse(CommandLine program, String... words) {
    try {
      Broken.unless(program.parseArgs(words) != null, "they are taken");
    } catch (ParameterException e) {
      Broken.unless(e.getMessage() != null, "an error says what is wrong");
    }
  }

  @Override
  public Stream<byte[]> seeds() {
    return Stream.of(
            "replay state --host hv-1 --at time:2026-11-22T14:34:12Z -o json",
            "replay diff --archive a --from offset:0@1 --to latest",
            "replay fit --archive a --add hv-1/0000:01:00.0_x_3 --pool cpu=400",
            "replay step --device hv-1/0000:01:00.0",
            "replay serve --archive a --listen 127.0.0.1:0",
            "policy set --host * --budget vm:web-3=64 --idle 1h --enforce over-budget=clear",
            "command send --host hv-1 --device 0000:01:00.0 --expires 30s set 2 0 1 none trigger",
            "keys enroll --host hv-1 --key a.pem --from 2026-11-22T14:34:12Z",
            "serve --host hv-1 --interval 1s --budget 100",
            "simulate --preset nvme --kernel 6.12 --vectors 200",
            "run --http-listen 127.0.0.1:0 --threads 2",
            "conform a.jsonl --vectors 200")
        .map(line -> Text.bytes(line.replace(' ', '\n').replace('_', ' ')));
  }

  @Override
  public List<String> words() {
    return Stream.of(replay, agent, service).flatMap(CommandLineTarget::names).distinct().toList();
  }

  /** The names of all options and commands below one. */
  private static Stream<String> names(CommandLine program) {
    return Stream.concat(
        program.getCommandSpec().options().stream().map(option -> option.longestName() + "\n"),
        program.getSubcommands().entrySet().stream()
            .flatMap(sub -> Stream.concat(Stream.of(sub.getKey() + "\n"), names(sub.getValue()))));
  }
}
