package dev.irqledger.cli;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.launch.TextConverter;
import dev.irqledger.replay.Devices;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.wire.topic.HostPartitioner;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which devices are meant. */
final class Selection {
  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "Only devices of that host; only its partition is read then.")
  private @Nullable String host;

  @Option(
      names = {"-d", "--device"},
      paramLabel = "DEVICE",
      converter = DeviceName.Converter.class,
      description = "Only that device: 0000:01:00.0, or with its host hv-1/0000:01:00.0.")
  private @Nullable DeviceName device;

  /**
   * A device's address, perhaps with its host.
   *
   * @param host its host; null for that address on every host
   */
  record DeviceName(@Nullable String host, Bdf bdf) {
    static DeviceName parse(String text) {
      if (text.indexOf('/') < 0) {
        return new DeviceName(null, new Bdf(text));
      }
      DeviceKey key = DeviceKey.parse(text);
      return new DeviceName(key.host(), key.bdf());
    }

    static final class Converter extends TextConverter<DeviceName> {
      Converter() {
        super(DeviceName::parse);
      }
    }
  }

  /** One device of one host. */
  static Selection of(DeviceKey key) {
    Selection one = new Selection();
    one.device = new DeviceName(key.host(), key.bdf());
    return one;
  }

  boolean namesDevice() {
    return device != null;
  }

  @Nullable String host() {
    return device != null && device.host() != null ? device.host() : host;
  }

  /** The one device that is named with its host, null where none is. */
  @Nullable DeviceKey device() {
    String wantedHost = host();
    return device == null || wantedHost == null ? null : new DeviceKey(wantedHost, device.bdf());
  }

  Devices devices() {
    return new Devices(host(), device == null ? null : device.bdf());
  }

  /** One host's records are in one partition, so no other needs to be read. */
  Predicate<Integer> partitions(int count) {
    String wantedHost = host();
    if (wantedHost == null) {
      return _ -> true;
    }
    int only = HostPartitioner.partition(wantedHost, count);
    return partition -> partition == only;
  }

  /**
   * A device's own host and {@code --host} must be the same.
   *
   * @throws ReplayException if they are not
   */
  void requireConsistent() {
    if (device != null && device.host() != null && host != null && !host.equals(device.host())) {
      throw new ReplayException(
          ReplayException.Kind.WRONG_USE,
          "--device is of host " + device.host() + ", and --host says " + host + ": drop one");
    }
  }

  /**
   * A device that was asked for by name and has no history is an error, not an empty answer.
   *
   * @throws ReplayException if the image does not hold it
   */
  void requireFound(Image image) {
    if ((device != null || host != null) && image.devices().isEmpty()) {
      throw new ReplayException(
          ReplayException.Kind.NO_SUCH_POINT,
          "the log has no event of "
              + describe()
              + " up to "
              + image.point().token()
              + ": check the name, or take a later point");
    }
  }

  /** What is selected, in words. */
  String words() {
    String wantedHost = host();
    if (device == null) {
      return wantedHost == null ? "all hosts" : wantedHost;
    }
    return wantedHost == null ? device.bdf().text() : wantedHost + "/" + device.bdf();
  }

  private String describe() {
    String wantedHost = host();
    String where = wantedHost == null ? "" : " of host " + wantedHost;
    return device == null ? "any device" + where : "device " + device.bdf() + where;
  }
}
