package dev.irqledger.benchmarks;

import dev.irqledger.benchmarks.calls.FoldCalls;
import dev.irqledger.benchmarks.calls.SignatureCalls;
import dev.irqledger.benchmarks.calls.WireCalls;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What single calls cost: time, and what they allocate. */
@Command(
    name = "calls",
    mixinStandardHelpOptions = true,
    description = {
      "Time and allocation of single calls, measured with JMH in a JVM of their own: the fold of an"
          + " ordinary event at 1, 32 and 2048 vectors, the model of a call, encode, decode, hash, sign"
          + " and check.",
      "Fold and model are held against those of a device with one vector; the codec, which also"
          + " hashes, against Avro's generic one, which does not."
    })
final class SingleCalls extends Benchmark {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  @Option(names = "--forks", defaultValue = "2", description = "JVMs, one after the other.")
  private int forks;

  @Option(names = "--rounds", defaultValue = "5", description = "Measurements in each.")
  private int rounds;

  @Option(names = "--millis", defaultValue = "1000", description = "How long each takes.")
  private int millis;

  @Option(names = "--warm-up", defaultValue = "4", description = "Rounds before those that count.")
  private int warmUp;

  @Override
  protected void measure(Report report) throws Exception {
    TimeValue each = TimeValue.milliseconds(millis);
    Options options =
        new OptionsBuilder()
            .include(FoldCalls.class.getName() + ".*")
            .include(WireCalls.class.getName() + ".*")
            .include(SignatureCalls.class.getName() + ".*")
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(forks)
            .warmupIterations(warmUp)
            .warmupTime(each)
            .measurementIterations(rounds)
            .measurementTime(each)
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .build();
    progress("some minutes, in silence");
    Collection<RunResult> results = new Runner(options).run();
    tell(report, results, "fold_an_event", "fold_an_event 1");
    tell(report, results, "model_a_call", "model_a_call 1");
    tell(report, results, "decode", "decode_by_avros_generic_reader");
    tell(report, results, "encode", "encode_by_avros_generic_writer");
    tell(report, results, "hash");
    tell(report, results, "sign_an_event", "sign_an_event_with_the_jdk");
    tell(report, results, "check_a_signature", "check_a_signature_with_the_jdk");
  }

  private static void tell(
      Report report, Collection<RunResult> results, String begin, String... baseline) {
    Comparison time = new Comparison(begin, "ns", baseline);
    Comparison space = new Comparison(begin + ", allocated", "bytes", baseline);
    List<RunResult> own =
        results.stream()
            .filter(result -> name(result).startsWith(begin))
            .sorted(Comparator.comparingInt(SingleCalls::vectors).thenComparing(SingleCalls::name))
            .toList();
    for (RunResult result : own) {
      result.getBenchmarkResults().stream()
          .flatMap(fork -> fork.getIterationResults().stream())
          .forEach(iteration -> add(time, space, name(result), iteration));
    }
    report.add(time);
    report.add(space);
  }

  private static void add(
      Comparison time, Comparison space, String name, IterationResult iteration) {
    time.add(name, iteration.getPrimaryResult().getScore());
    space.add(
        name,
        Objects.requireNonNull(iteration.getSecondaryResults().get(ALLOCATED), ALLOCATED)
            .getScore());
  }

  private static int vectors(RunResult result) {
    String vectors = result.getParams().getParam("vectors");
    return vectors == null ? 0 : Integer.parseInt(vectors);
  }

  private static String name(RunResult result) {
    String method = result.getParams().getBenchmark();
    return method.substring(method.lastIndexOf('.') + 1)
        + (vectors(result) == 0 ? "" : " " + vectors(result));
  }
}
