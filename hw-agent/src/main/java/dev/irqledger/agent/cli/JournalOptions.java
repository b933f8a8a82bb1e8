package dev.irqledger.agent.cli;

import dev.irqledger.agent.journal.Sync;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say where the agent's journal is. */
final class JournalOptions {
  /** Where a system's services keep what must outlive them (FHS 5.8). */
  private static final Path OF_THE_SYSTEM = Path.of("/var/lib/irq-ledger");

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description =
          "Where the journal is kept, in a folder for each host (default: /var/lib/irq-ledger for"
              + " --backend linux and for root, otherwise $XDG_STATE_HOME/irq-ledger or"
              + " ~/.local/state/irq-ledger).")
  private @Nullable Path stateDir;

  @Option(
      names = "--journal-sync",
      paramLabel = "full|off",
      defaultValue = "full",
      converter = SyncConverter.class,
      description =
          "Whether each commit of the journal waits for the disk. With 'off' a power cut may lose"
              + " events; a killed agent loses none either way (default: ${DEFAULT-VALUE}).")
  private Sync sync;

  Sync sync() {
    return sync;
  }

  /**
   * The folder of that host's journal.
   *
   * @param real whether it is the host that this process runs on: that has one journal, whoever
   *     asks, since two would be two writers of one log
   */
  Path folder(String host, boolean real) {
    Path base = real || isRoot() ? OF_THE_SYSTEM : ofTheUser();
    return (stateDir == null ? base : stateDir).resolve(host);
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static Path ofTheUser() {
    String state = System.getenv("XDG_STATE_HOME");
    Path base =
        state == null || state.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(state);
    return base.resolve("irq-ledger");
  }

  static final class SyncConverter implements ITypeConverter<Sync> {
    @Override
    public Sync convert(String text) {
      return switch (text) {
        case "full" -> Sync.FULL;
        case "off" -> Sync.OFF;
        default -> throw new TypeConversionException("--journal-sync is full or off, not " + text);
      };
    }
  }
}
