package dev.irqledger.agent.cli;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The option that names the host. */
final class NameOptions {
  private static final Path MACHINE = Path.of("/proc/sys/kernel/hostname");

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "The host's name in the log (default: this machine's).")
  private @Nullable String host;

  boolean given() {
    return host != null;
  }

  /** The host's name in the log. */
  String host() {
    return checked(spec, "--host", host == null ? machine() : host);
  }

  /**
   * A host's name, if it can be one.
   *
   * @param option where it was given
   * @throws ParameterException if it cannot
   */
  static String checked(CommandSpec spec, String option, String name) {
    try {
      return new DeviceKey(name, new Bdf("0000:00:00.0")).host();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
    }
  }

  private String machine() {
    try {
      return Files.readString(MACHINE).strip();
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "--host: this machine's name is not known: give one", e);
    }
  }
}
