package dev.irqledger.cli;

import dev.irqledger.cli.sql.Answers;
import dev.irqledger.cli.sql.LedgerTables;
import dev.irqledger.cli.sql.Table;
import dev.irqledger.cli.sql.View;
import dev.irqledger.replay.Image;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code replay export}: the log as Parquet files, for other engines. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Write the tables of 'replay sql' to Parquet files, for Spark, Trino, DuckDB and others:"
          + " events, changes, violations, devices, vectors, spans and levels, each as"
          + " NAME.parquet, sorted by its columns from the first on.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:done, but records that could not be read were passed over",
      "2:wrong usage",
      "3:no broker answers",
      "4:the topic is missing",
      "5:the log does not hold the point, the log was cut, or no such device",
      "6:the archive is not there, or is damaged",
      "7:the files cannot be written, or memory and disk do not suffice"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger replay export --archive incident-7 --out incident-7.parquet",
      "  duckdb -c \"SELECT host, max(allocated) FROM 'incident-7.parquet/levels.parquet'"
          + " GROUP BY 1\""
    })
public final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private TablesOptions past = new TablesOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where the files are put; made if it is not there, files in it are replaced.")
  private Path directory;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    requireDirectory();
    try (LedgerTables tables = past.create(Map.of())) {
      Image image = past.fill(tables, EnumSet.allOf(Table.class), err);
      Path copy = tables.folder().resolve("answer");
      Answers answers = tables.answers(List.of(copy));
      for (String name : names()) {
        write(answers, name, copy);
      }
      spec.commandLine().getOut().println("point " + image.point().token());
      return PassedOver.report(image, spec.commandLine());
    }
  }

  private static List<String> names() {
    return Stream.concat(
            Stream.of(Table.values()).map(Table::sqlName),
            Stream.of(View.values()).map(View::sqlName))
        .toList();
  }

  private void write(Answers answers, String name, Path copy) throws IOException {
    long rows = answers.parquet("FROM " + name + " ORDER BY ALL", copy);
    Path file = directory.resolve(name + ".parquet");
    AnswerFile.deliver(copy, file, spec.commandLine().getOut());
    Files.delete(copy);
    spec.commandLine().getOut().println(file + ": " + rows + " rows");
  }

  private void requireDirectory() {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new OutputException(directory + " cannot be made: " + e);
    }
  }
}
