package dev.irqledger.fuzzing.targets;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.replay.whatif.PolicyName;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names of devices, addresses, kernels and release policies. A text is one or an {@link
 * IllegalArgumentException}; what is read says the same when it is written.
 */
final class NameTarget implements Target {
  @Override
  public void check(byte[] input) {
    String text = Text.of(input);
    written(text, Bdf::new);
    written(text, DeviceKey::parse);
    declared(text, PolicyName::parse);
    KernelRelease release = new KernelRelease(text);
    Broken.unless(release.known() || !release.atLeast(0, 0), "an unknown release is not late");
  }

  private static <T> void written(String text, Function<String, T> parser) {
    T read = declared(text, parser);
    if (read != null) {
      Broken.unlessEqual(text, read.toString(), "a name that is written again");
    }
  }

  private static <T> @Nullable T declared(String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      Broken.unless(e.getMessage() != null, "an error says what was expected");
      return null;
    }
  }

  @Override
  public Stream<byte[]> seeds() {
    return Stream.of("0000:01:00.0", "hv-1.rack_2/10000:ff:1f.7", "6.12.111+deb12-amd64", "none")
        .map(Text::bytes);
  }

  @Override
  public List<String> words() {
    return List.of("0000:01:00.0", "/", "6.12");
  }
}
