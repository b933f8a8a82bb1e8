package dev.irqledger.recordings;

import static dev.irqledger.core.device.IrqSetFlags.DATA_BOOL;
import static dev.irqledger.core.device.IrqSetFlags.DATA_EVENTFD;
import static dev.irqledger.core.device.IrqSetFlags.DATA_TYPES;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.IrqSetData;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.KernelView;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The arguments that the probe fetched at a call's entry, and the result it fetched at its return.
 *
 * @param device the device
 * @param call the arguments
 */
record ProbeFields(Bdf device, SetIrqs call) {
  private static final Pattern ENTRY =
      Pattern.compile(
          ".*?\\bindex=(\\S{1,20}) start=(\\S{1,20}) count=(\\S{1,20}) flags=(\\S{1,20})"
              + " bdf=\"([^\"]{1,32})\"(?: fds=\\{([^{}]*+)\\})?\\s*+",
          Pattern.DOTALL);
  private static final Pattern RELEASE =
      Pattern.compile(".*?\\bbdf=\"([^\"]{1,32})\"\\s*+", Pattern.DOTALL);
  private static final Pattern RETURN =
      Pattern.compile(".*?\\bret=(\\S{1,20})\\s*+", Pattern.DOTALL);

  /** Reads an entry's fields, with or without the address before them. */
  static ProbeFields entry(String text) throws MalformedLineException {
    Matcher fields = ENTRY.matcher(text);
    if (!fields.matches()) {
      throw new MalformedLineException(
          "set_irqs: expected index=, start=, count=, flags=, bdf=\"\" and fds={}");
    }
    long count = NumberText.u32("count", fields.group(3));
    int flags = (int) NumberText.u32("flags", fields.group(4));
    SetIrqs call =
        new SetIrqs(
            NumberText.u32("index", fields.group(1)),
            NumberText.u32("start", fields.group(2)),
            count,
            flags,
            data(flags, (int) Math.min(count, KernelView.MAX_VECTORS), fields.group(6)));
    return new ProbeFields(NumberText.bdf(fields.group(5)), call);
  }

  /** Reads the device that a release is of. */
  static Bdf device(String text) throws MalformedLineException {
    Matcher fields = RELEASE.matcher(text);
    if (!fields.matches()) {
      throw new MalformedLineException("vfio_release: expected bdf=\"\"");
    }
    return NumberText.bdf(fields.group(1));
  }

  /** Reads a return's result. */
  static int result(String text) throws MalformedLineException {
    Matcher fields = RETURN.matcher(text);
    if (!fields.matches()) {
      throw new MalformedLineException("set_irqs_ret: expected ret=");
    }
    return NumberText.s32("ret", fields.group(1));
  }

  /**
   * The call's data, of {@code length} elements as the call has them. The probe always copies the
   * same number of words from where descriptors would be: what lies beyond the call's count, or
   * belongs to a call without descriptors, is no data but whatever memory held.
   */
  private static IrqSetData data(int flags, int length, @Nullable String words)
      throws MalformedLineException {
    return switch (flags & DATA_TYPES) {
      case DATA_EVENTFD -> IrqSetData.Eventfds.seenInPart(descriptors(words, length), length);
      case DATA_BOOL -> ones(length);
      default -> IrqSetData.NONE;
    };
  }

  /**
   * The probe does not fetch the bytes of DATA_BOOL. They choose which vectors are signalled, which
   * changes no trigger, no irq and no mode; so that the data has the length the kernel demands, all
   * are taken as set.
   */
  private static IrqSetData.Bools ones(int length) {
    byte[] values = new byte[length];
    Arrays.fill(values, (byte) 1);
    return new IrqSetData.Bools(values);
  }

  private static int[] descriptors(@Nullable String words, int most) throws MalformedLineException {
    if (words == null || words.isBlank()) {
      return new int[0];
    }
    String[] fetched = words.split(",", most + 1);
    int[] fds = new int[Math.min(fetched.length, most)];
    for (int i = 0; i < fds.length; i++) {
      int fd = NumberText.s32("fds", fetched[i].strip());
      // The core gives the two lowest numbers another meaning; to the kernel all negatives are one.
      fds[i] = fd == Eventfd.SOME || fd == Eventfd.UNSEEN ? Eventfd.NONE : fd;
    }
    return fds;
  }
}
