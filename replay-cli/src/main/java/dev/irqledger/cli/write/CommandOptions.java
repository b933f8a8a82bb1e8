package dev.irqledger.cli.write;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.recordings.PrintableText;
import dev.irqledger.wire.avro.Command;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What a command says beside its operation. */
final class CommandOptions {
  /** What the schema allows. */
  private static final int LONGEST_NAME = 200;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      defaultValue = "30s",
      converter = Moment.Converter.class,
      description =
          "The agent refuses the command from then on, by its host's clock: 30s from its sending,"
              + " or 2026-11-22T14:34:12Z (default: ${DEFAULT-VALUE}).")
  private Moment expires;

  @Option(
      names = "--expected-epoch",
      paramLabel = "N",
      description =
          "The agent refuses unless this is its epoch: what you saw still holds, nobody has started"
              + " it again.")
  private @Nullable Long expectedEpoch;

  @Option(
      names = "--expected-sequence",
      paramLabel = "N",
      description =
          "With --expected-epoch: the agent refuses unless the device's latest event has this"
              + " number: nothing happened to it since.")
  private @Nullable Long expectedSequence;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who asks, for the readers of the log (default: your user name).")
  private @Nullable String by;

  /** Checks what can be checked before anything is sent. */
  void check() {
    if (expectedEpoch != null && expectedEpoch < 1) {
      throw wrong("--expected-epoch is 1 or more, not " + expectedEpoch);
    }
    if (expectedSequence != null && (expectedEpoch == null || expectedSequence < 1)) {
      throw wrong("--expected-sequence is 1 or more, and needs --expected-epoch");
    }
    if (by != null && by.length() > LONGEST_NAME) {
      throw wrong("--by has at most " + LONGEST_NAME + " characters, not " + by.length());
    }
    if (by != null && !PrintableText.is(by)) {
      throw wrong("--by has a character that cannot be printed: write plain text");
    }
  }

  /** A command with a new id. */
  Command command(DeviceKey device, String op, Instant now) {
    return Command.newBuilder()
        .setId(UUID.randomUUID())
        .setHost(device.host())
        .setDevice(device.bdf().text())
        .setOp(op)
        .setExpiresAt(expires.after(now).truncatedTo(ChronoUnit.MICROS))
        .setExpectedEpoch(expectedEpoch)
        .setExpectedSequence(expectedSequence)
        .setRequestedBy(by())
        .build();
  }

  private String by() {
    String name = by == null ? System.getProperty("user.name", "") : by;
    return PrintableText.of(name, LONGEST_NAME);
  }

  /** A warning where an agent whose clock is as ours refuses; null where not. */
  @Nullable String warning(Instant now) {
    Instant at = expires.after(now);
    return at.isAfter(now)
        ? null
        : "warning: the expiry " + at + " is in the past: an agent refuses such a command";
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
