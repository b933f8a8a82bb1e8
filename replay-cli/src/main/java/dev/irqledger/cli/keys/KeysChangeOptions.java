package dev.irqledger.cli.keys;

import dev.irqledger.cli.Cluster;
import dev.irqledger.cli.ExitCode;
import dev.irqledger.cli.HostName;
import dev.irqledger.cli.LatestWriter;
import dev.irqledger.cli.LogOptions;
import dev.irqledger.cli.OutputOption;
import dev.irqledger.cli.TopicOptions;
import dev.irqledger.launch.DurationText;
import dev.irqledger.wire.avro.HostKeys;
import dev.irqledger.wire.topic.Topic;
import dev.irqledger.wire.topic.TopicEnrolments;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What every change of keys is told, and how it is made. */
final class KeysChangeOptions {
  private static final Duration LONGEST = Duration.ofDays(366);

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--host", required = true, paramLabel = "NAME", description = "The host.")
  private String host;

  @Option(
      names = "--in",
      paramLabel = "TIME",
      defaultValue = "1m",
      converter = DurationText.Converter.class,
      description =
          "It holds for events whose log time is later than now by this (default: ${DEFAULT-VALUE})."
              + " All readers have heard of it 30s after it was written: with less, some may judge"
              + " the first events otherwise.")
  private Duration in;

  @Option(names = "--dry-run", description = "Show what would be, and write nothing.")
  private boolean dryRun;

  @Mixin private LogOptions log = new LogOptions();
  @Mixin private TopicOptions topics = new TopicOptions();
  @Mixin private OutputOption output = new OutputOption();

  /** What becomes of a host's record. */
  @FunctionalInterface
  interface Change {
    /**
     * @param before null where there was none
     * @param at when it begins to hold
     * @throws IllegalArgumentException if that cannot be; the message says why
     */
    HostKeys apply(String host, @Nullable HostKeys before, Instant at);
  }

  /**
   * Makes a change, and shows what holds then.
   *
   * @param everyHost whether {@code *} may be meant
   */
  int make(boolean everyHost, Change change) {
    if (!(everyHost && host.equals(HostName.EVERY))) {
      host = HostName.require(host, spec);
    }
    if (in.isNegative() || in.compareTo(LONGEST) > 0) {
      throw new ParameterException(spec.commandLine(), "--in: 0s to 366d");
    }
    Cluster cluster = log.cluster();
    if (!dryRun) {
      topics.ensure(cluster, spec.commandLine().getErr());
    }
    HostKeys after = apply(HeldKeys.read(cluster), change);
    if (!dryRun) {
      try (LatestWriter<HostKeys> writer =
          new LatestWriter<>(cluster, Topic.KEYS, HostKeys.class)) {
        writer.write(host, after);
      }
    }
    new KeysPrinter(output.format(), spec.commandLine().getOut()).print(after);
    warn();
    return ExitCode.OK;
  }

  private HostKeys apply(HeldKeys held, Change change) {
    if (held.unreadable().contains(host)) {
      throw new ParameterException(
          spec.commandLine(),
          "the keys of "
              + host
              + " are there and cannot be read: a newer version wrote them; use that");
    }
    Instant at = Instant.now().plus(in).truncatedTo(ChronoUnit.MILLIS);
    try {
      return change.apply(host, held.byHost().get(host), at);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void warn() {
    if (in.compareTo(TopicEnrolments.LEAD) < 0) {
      spec.commandLine()
          .getErr()
          .println(
              "irq-ledger: running readers may hear of it up to "
                  + TopicEnrolments.LEAD.toSeconds()
                  + " s later: see --in");
    }
  }
}
