package dev.irqledger.cli;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.ReplayException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Further devices, each of which does all that a device of the log did.
 *
 * @param device the device of the log
 * @param count how many, from 1
 */
record Addition(Selection.DeviceName device, int count) {
  private static final int MOST = 10_000;

  /** Reads {@code DEVICE x COUNT}. */
  static final class Converter implements ITypeConverter<Addition> {
    private static final Pattern FORM = Pattern.compile("\\s*(\\S+)\\s+x\\s*(\\d{1,5})\\s*");

    @Override
    public Addition convert(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        throw new TypeConversionException(
            "'" + text + "' is not 'DEVICE x COUNT', such as 'hv-1/0000:01:00.0 x 3'");
      }
      int count = Integer.parseInt(form.group(2));
      if (count < 1 || count > MOST) {
        throw new TypeConversionException(count + " devices: 1 to " + MOST + " can be added");
      }
      return new Addition(new Selection.DeviceName.Converter().convert(form.group(1)), count);
    }
  }

  /**
   * The device's full name.
   *
   * @param host its host where it does not name one itself
   * @throws ReplayException if neither is there
   */
  DeviceKey key(@Nullable String host) {
    String own = device.host() == null ? host : device.host();
    if (own == null) {
      throw new ReplayException(
          ReplayException.Kind.WRONG_USE,
          "--add " + device.bdf() + " names no host: write HOST/" + device.bdf());
    }
    return new DeviceKey(own, device.bdf());
  }

  /** Which device is added how often. */
  static SortedMap<DeviceKey, Integer> counts(List<Addition> additions, @Nullable String host) {
    SortedMap<DeviceKey, Integer> counts = new TreeMap<>();
    additions.forEach(each -> counts.merge(each.key(host), each.count(), Integer::sum));
    return counts;
  }

  /**
   * A device that is to be added must have a history.
   *
   * @throws ReplayException if the image does not hold it
   */
  static void requireFound(DeviceKey device, Image image) {
    if (!image.devices().containsKey(device)) {
      throw new ReplayException(
          ReplayException.Kind.NO_SUCH_POINT,
          "the log has no event of "
              + device
              + " up to "
              + image.point().token()
              + ", so nothing tells what it would need: name a device of the log");
    }
  }
}
