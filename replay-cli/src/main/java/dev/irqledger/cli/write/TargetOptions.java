package dev.irqledger.cli.write;

import dev.irqledger.cli.HostName;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which device, or which host's devices, are meant. */
final class TargetOptions {

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--host", paramLabel = "NAME", description = "The host.")
  private @Nullable String host;

  @Option(
      names = {"-d", "--device"},
      paramLabel = "DEVICE",
      description = "The device: 0000:01:00.0 with --host, or hv-1/0000:01:00.0 by itself.")
  private @Nullable String device;

  /** The one device that is meant. */
  DeviceKey device() {
    if (device == null) {
      throw wrong("name the device: --host hv-1 --device 0000:01:00.0");
    }
    if (device.indexOf('/') < 0 && host == null) {
      throw wrong("name the host too: --host hv-1, or --device hv-1/" + device);
    }
    try {
      DeviceKey key =
          device.indexOf('/') >= 0 || host == null
              ? DeviceKey.parse(device)
              : new DeviceKey(host, new Bdf(device));
      if (host != null && !host.equals(key.host())) {
        throw wrong("--device is of host " + key.host() + ", and --host says " + host);
      }
      return key;
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  /** The host to look at; null for all. */
  @Nullable String host() {
    if (device != null && device.indexOf('/') >= 0) {
      return device().host();
    }
    if (host != null) {
      var _ = HostName.require(host, spec);
    }
    return host;
  }

  /** The address to look at, on whatever host; null for all. */
  @Nullable String address() {
    if (device == null || device.indexOf('/') >= 0) {
      return device == null ? null : device().bdf().text();
    }
    try {
      return new Bdf(device).text();
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
