package dev.irqledger.fuzzing;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a fuzzer reached, as libFuzzer's lines say it.
 *
 * @param executions how many inputs were tried
 * @param perSecond how many a second
 * @param coverage how many edges of the code were seen
 * @param corpus how many inputs it keeps, since each reaches something of its own
 * @param artifacts the files with inputs that failed
 */
record Figures(
    long executions, long perSecond, long coverage, long corpus, List<String> artifacts) {
  private static final Pattern STATUS =
      Pattern.compile("#(\\d+)\\s.*?cov: (\\d+) .*?corp: (\\d+)/.*?exec/s: (\\d+).*");
  private static final Pattern WRITTEN = Pattern.compile(".*Test unit written to (\\S+).*");

  static final Figures NONE = new Figures(0, 0, 0, 0, List.of());

  /** These, with what one more line says. */
  Figures with(String line) {
    Matcher status = STATUS.matcher(line);
    if (status.matches()) {
      return new Figures(
          Long.parseLong(status.group(1)),
          Long.parseLong(status.group(4)),
          Long.parseLong(status.group(2)),
          Long.parseLong(status.group(3)),
          artifacts);
    }
    Matcher written = WRITTEN.matcher(line);
    return written.matches() ? with(List.of(written.group(1))) : this;
  }

  private Figures with(List<String> found) {
    return new Figures(executions, perSecond, coverage, corpus, found);
  }

  /** These with the mean over all of the time: libFuzzer's last line may be of its beginning. */
  Figures over(long seconds) {
    return new Figures(
        executions, seconds == 0 ? executions : executions / seconds, coverage, corpus, artifacts);
  }
}
