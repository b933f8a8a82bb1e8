package dev.irqledger.cli;

import dev.irqledger.cli.sql.Answers;
import dev.irqledger.cli.sql.LedgerTables;
import dev.irqledger.cli.sql.Question;
import dev.irqledger.cli.sql.ReadyQuery;
import dev.irqledger.cli.sql.WrongStatement;
import dev.irqledger.replay.Image;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay sql}: questions in SQL about the past. */
@Command(
    name = "sql",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Ask the log in SQL. The tables events, changes and violations hold its history, devices and"
          + " vectors the states at the point, the views spans and levels what follows from these."
          + " --tables lists them with their columns; all times are in UTC.",
      "",
      "STATEMENT is one SELECT, WITH, FROM, VALUES, DESCRIBE, SUMMARIZE or SHOW in the SQL of"
          + " DuckDB. It can read the tables, and nothing else: no file, no network, no extension."
          + " A parameter -p NAME=VALUE is the text getvariable('NAME') in it.",
      "",
      "The log is folded for every question, into a database for temporary use: for many questions"
          + " about a long log, 'replay export' writes Parquet files once.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:done, but records that could not be read were passed over",
      "2:wrong usage, or a statement that is wrong or more than a question",
      "3:no broker answers",
      "4:the topic is missing",
      "5:the log does not hold the point, the log was cut, or no such device",
      "6:the archive is not there, or is damaged",
      "7:the answer cannot be written, or memory and disk do not suffice"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  irq-ledger replay sql --list",
      "  irq-ledger replay sql --ready who-held -p device=hv-1/0000:01:00.0 -p vector=3 \\",
      "      -p from=2026-11-17T00:00:00Z -p to=2026-11-18T00:00:00Z",
      "  irq-ledger replay sql --archive incident-7 'SELECT errno, count(*) FROM events GROUP BY 1'",
      "  irq-ledger replay sql -o parquet --out spans.parquet 'FROM spans'"
    })
public final class SqlCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Asked asked = new Asked();

  /** What is asked: exactly one of these. */
  private static final class Asked {
    @Parameters(paramLabel = "STATEMENT", description = "The question; quote it for the shell.")
    private @Nullable String statement;

    @Option(
        names = "--ready",
        paramLabel = "NAME",
        description = "Ask a question that comes with the program.")
    private @Nullable String ready;

    @Option(names = "--list", description = "List these questions and their parameters.")
    private boolean list;

    @Option(names = "--tables", description = "List the tables and views with their columns.")
    private boolean tables;
  }

  @Option(
      names = {"-p", "--parameter"},
      paramLabel = "NAME=VALUE",
      description = "Give a parameter its value.")
  private Map<String, String> parameters = Map.of();

  @Option(names = "--print", description = "Print the statement in the place of its answer.")
  private boolean print;

  @Mixin private TablesOptions past = new TablesOptions();

  @Option(
      names = {"-o", "--output"},
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private SqlFormat format = SqlFormat.table;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write csv or parquet there; a file that is there is replaced.")
  private @Nullable Path file;

  @Override
  public Integer call() throws IOException {
    try {
      if (asked.list) {
        SqlCatalogue.ready(spec.commandLine().getOut());
        return ExitCode.OK;
      }
      requireFile();
      parameters.keySet().forEach(this::requireName);
      try (LedgerTables tables = past.create(parameters)) {
        return asked.tables ? catalogue(tables) : answer(tables, statement());
      }
    } catch (WrongStatement e) {
      spec.commandLine().getErr().println("irq-ledger: " + e.getMessage());
      return ExitCode.USAGE;
    }
  }

  private int catalogue(LedgerTables tables) {
    SqlCatalogue.tables(tables, spec.commandLine().getOut());
    return ExitCode.OK;
  }

  private String statement() {
    String own = asked.statement;
    if (own != null) {
      return own;
    }
    ReadyQuery ready = ReadyQuery.named(String.valueOf(asked.ready));
    if (!print) {
      ready.require(parameters);
    }
    return ready.sql();
  }

  private int answer(LedgerTables tables, String sql) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (print) {
      out.println(sql);
      return ExitCode.OK;
    }
    Question question = tables.question(sql);
    Image image = past.fill(tables, question.tables(), err);
    Path copy = tables.folder().resolve("answer");
    Answers answers = tables.answers(List.of(copy));
    long rows =
        switch (format) {
          case table -> answers.table(sql, out);
          case json -> answers.json(sql, out);
          case csv -> delivered(answers.csv(sql, copy), copy);
          case parquet -> delivered(answers.parquet(sql, copy), copy);
        };
    if (rows == 0) {
      err.println("irq-ledger: no row answers this, up to " + image.point().token());
    }
    return PassedOver.report(image, spec.commandLine());
  }

  private long delivered(long rows, Path copy) {
    AnswerFile.deliver(copy, file, spec.commandLine().getOut());
    return rows;
  }

  private void requireFile() {
    boolean text = format == SqlFormat.table || format == SqlFormat.json;
    if (format == SqlFormat.parquet && file == null) {
      throw new ParameterException(spec.commandLine(), "-o parquet needs --out FILE");
    }
    if (text && file != null) {
      throw new ParameterException(
          spec.commandLine(), "--out is for csv and parquet: redirect what is printed");
    }
  }

  private void requireName(String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,62}")) {
      throw new ParameterException(
          spec.commandLine(), "-p " + name + "=...: a name is made of letters, digits and _");
    }
  }
}
