package dev.irqledger.agent.cli;

import dev.irqledger.agent.vfio.DevicePreset;
import dev.irqledger.core.device.Bdf;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A device as a command line names it: {@code BDF} or {@code BDF:PRESET}.
 *
 * @param bdf its address
 * @param preset what it is in a modelled host
 */
record DeviceOption(Bdf bdf, DevicePreset preset) {
  private static final Pattern FORM = Pattern.compile("(.*\\.[0-7])(?::([a-z0-9]+))?");

  static final class Converter implements ITypeConverter<DeviceOption> {
    @Override
    public DeviceOption convert(String text) {
      Matcher m = FORM.matcher(text);
      if (!m.matches()) {
        throw new TypeConversionException(
            "not a device: '" + text + "' (expected BDF or BDF:PRESET, as 0000:01:00.0:nvme)");
      }
      try {
        String preset = m.group(2) == null ? DevicePreset.NVME.label() : m.group(2);
        return new DeviceOption(new Bdf(m.group(1)), DevicePreset.ofLabel(preset));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
