package dev.irqledger.fuzzing;

import dev.irqledger.fuzzing.targets.Target;
import dev.irqledger.fuzzing.targets.Targets;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One target being fuzzed, in a JVM of its own. */
final class Fuzzer {
  private static final String MEMORY = "-Xmx512m";

  /**
   * How long one input may take: a longer one is a finding. The first one has all classes loaded
   * and instrumented, which takes half of it on a crowded machine.
   */
  private static final int TIMEOUT_SECONDS = 60;

  private final Targets which;
  private final Folders folders;
  private final long seed;
  private final Duration time;

  /**
   * What came of it.
   *
   * @param code the fuzzer's exit code, 0 where nothing failed
   * @param log where all that it said is
   */
  record Outcome(Targets target, int code, Figures figures, Path log) {
    /** Fuzzed blindly: the code that it reached was not seen. */
    boolean blind() {
      return code == 0 && figures.coverage() == 0;
    }

    boolean failed() {
      return code != 0 || blind();
    }
  }

  Fuzzer(Targets which, Folders folders, long seed, Duration time) {
    this.which = which;
    this.folders = folders;
    this.seed = seed;
    this.time = time;
  }

  Outcome run() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command(longestAfterSeeding()))
            .directory(folders.module().toFile())
            .redirectErrorStream(true)
            .start();
    Figures figures = Figures.NONE;
    Path log = folders.log(which);
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        BufferedWriter kept = Files.newBufferedWriter(log)) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        kept.write(line);
        kept.newLine();
        figures = figures.with(line);
      }
    } finally {
      process.destroy(); // where this was interrupted: the fuzzer must not go on alone
    }
    return new Outcome(which, process.waitFor(), figures.over(time.toSeconds()), log);
  }

  /** Writes what it begins with; tells how long an input may be. */
  private int longestAfterSeeding() throws IOException {
    try (Target target = which.make()) {
      int number = 0;
      for (byte[] input : target.seeds().toList()) {
        Files.write(folders.seeds(which).resolve("seed-%02d".formatted(number++)), input);
      }
      Files.writeString(folders.dictionary(which), Dictionary.of(target.words()));
      return target.longest();
    }
  }

  private List<String> command(int longest) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            MEMORY,
            "-XX:+UseSerialGC",
            "-XX:+EnableDynamicAgentLoading",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.util.logging.config.file=" + folders.module().resolve("logging.properties"),
            "-D" + Fuzzed.NAME + "=" + which.label(),
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + Fuzzed.class.getName(),
            "--instrumentation_includes=dev.irqledger.**:org.apache.avro.**",
            "--instrumentation_excludes=dev.irqledger.fuzzing.**",
            // What libraries do by themselves is left alone: to look at it takes longer to start.
            "--custom_hook_includes=dev.irqledger.**",
            "--reproducer_path=" + folders.artifacts(which),
            // The API is asked over the loopback: that is no forged request.
            "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery",
            "-artifact_prefix=" + folders.artifacts(which) + "/",
            "-max_total_time=" + Math.max(1, time.toSeconds()),
            "-timeout=" + TIMEOUT_SECONDS,
            "-rss_limit_mb=0", // the heap is bounded, and says so by an error of its own
            "-max_len=" + longest,
            "-seed=" + seed,
            "-print_final_stats=1",
            folders.corpus(which).toString(),
            folders.seeds(which).toString()));
    if (Files.size(folders.dictionary(which)) > 0) { // libFuzzer refuses an empty one
      command.add("-dict=" + folders.dictionary(which));
    }
    if (Files.isDirectory(folders.findings(which))) {
      command.add(folders.findings(which).toString());
    }
    return command;
  }
}
