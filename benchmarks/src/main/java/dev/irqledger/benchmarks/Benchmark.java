package dev.irqledger.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that measures, and tells its figures as tables and as JSON. */
public abstract class Benchmark implements Callable<Integer> {
  /** Where the figures of the last run of each benchmark are, beneath the working directory. */
  static final Path FIGURES = Path.of("target", "benchmarks");

  @Spec private CommandSpec spec;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the figures there (default: target/benchmarks/NAME.json).")
  private @Nullable Path json;

  /** Measures, and adds what was measured to the report. */
  protected abstract void measure(Report report) throws Exception;

  @Override
  public final Integer call() throws Exception {
    Report report = new Report(spec.name(), Machine.here());
    spec.options().stream()
        .filter(option -> !option.usageHelp() && !option.versionHelp() && option.getValue() != null)
        .forEach(option -> report.setting(option.longestName(), option.getValue().toString()));
    measure(report);
    report.print(spec.commandLine().getOut());
    write(report, json == null ? FIGURES.resolve(spec.name() + ".json") : json);
    return 0;
  }

  private void write(Report report, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, report.json());
    err().println("figures: " + file);
    err().flush();
  }

  /** Tells how far it is. */
  protected void progress(String text) {
    err().println(text);
    err().flush();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
