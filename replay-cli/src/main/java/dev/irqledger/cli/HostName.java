package dev.irqledger.cli;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The name of a host, as {@code --host} takes it. */
public final class HostName {
  /** Stands for every host. */
  public static final String EVERY = "*";

  private static final Bdf ANY = new Bdf("0000:00:00.0");

  private HostName() {}

  /**
   * The name, if it is one.
   *
   * @throws ParameterException if it is none
   */
  public static String require(String host, CommandSpec spec) {
    try {
      return new DeviceKey(host, ANY).host();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--host: " + e.getMessage(), e);
    }
  }
}
