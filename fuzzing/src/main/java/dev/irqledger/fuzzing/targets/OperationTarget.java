package dev.irqledger.fuzzing.targets;

import dev.irqledger.recordings.OpFile;
import dev.irqledger.recordings.OpScript;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files of operations, and the operations of requests. A line is an operation, an error or nothing;
 * an operation that is written again is the same.
 */
final class OperationTarget implements Target {
  @Override
  public void check(byte[] input) {
    List<String> lines = Text.lines(input);
    OpFile file = OpFile.parse(lines);
    Broken.unless(
        file.entries().size() + file.errors().size() <= lines.size(), "a line gives one thing");
    for (OpFile.Entry entry : file.entries()) {
      Broken.unlessEqual(
          entry.op(), OpScript.parse(OpScript.format(entry.op())), "an operation written again");
    }
    for (String line : lines) {
      try {
        var _ = OpScript.parse(line);
      } catch (IllegalArgumentException e) {
        Broken.unless(e.getMessage() != null, "an error says what was expected");
      }
    }
  }

  @Override
  public Stream<byte[]> seeds() {
    return Stream.of(
            "open\nset 2 0 3 eventfd trigger e0,-1,s\nreset\nclose\n",
            "# a comment\n\nset 0 0 1 none unmask\nset 1 0 2 bool trigger 1,0\n",
            "set 4294967295 4294967295 4294967295 bool mask\nset 2 0 0 none trigger")
        .map(Text::bytes);
  }

  @Override
  public List<String> words() {
    return List.of(
        "open",
        "close",
        "reset",
        "set ",
        " none",
        " bool",
        " eventfd",
        " trigger",
        " mask",
        " unmask",
        "e63",
        "-1",
        "b",
        "s");
  }
}
