package dev.irqledger.cli;

import dev.irqledger.cli.sql.LedgerTables;
import dev.irqledger.cli.sql.Table;
import dev.irqledger.replay.Image;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which past becomes tables, and with how much memory. */
final class TablesOptions {
  @Mixin private PastOptions past = new PastOptions();

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      defaultValue = "512MiB",
      converter = Size.class,
      description = {
        "How much memory the tables may use, such as 2GiB (default: ${DEFAULT-VALUE}).",
        "What does not fit goes to the folder for temporary files."
      })
  private String memory = "512MiB";

  static final class Size implements ITypeConverter<String> {
    private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,8}(MiB|GiB|MB|GB)");

    @Override
    public String convert(String text) {
      if (!SIZE.matcher(text).matches()) {
        throw new TypeConversionException(
            "'" + text + "' is no size: write a number with MiB or GiB, such as 512MiB");
      }
      return text;
    }
  }

  LedgerTables create(Map<String, String> variables) {
    return LedgerTables.create(memory, variables);
  }

  /** Fills those tables; what only asks for states is spared the fold of the whole log. */
  Image fill(LedgerTables tables, Set<Table> wanted, PrintWriter err) {
    boolean history = !Collections.disjoint(wanted, Table.OF_HISTORY);
    return tables.fill(
        wanted,
        observer -> history ? past.replay(observer, err) : past.state(err),
        new Progress("events folded", err)::at);
  }
}
