package dev.irqledger.recordings;

import java.util.Optional;
import java.util.regex.Pattern;

/** The kinds of recordings that can be read. */
public enum RecordingFormat {
  /** JSON lines: a header, then each operation with the state the kernel showed after it. */
  KERNEL_TRACE,
  /** What QEMU prints with {@code -trace 'vfio_*'}. */
  QEMU_TRACE,
  /** The kernel's trace buffer with a probe on {@code vfio_pci_set_irqs_ioctl}. */
  PROBE;

  /** Enough of a line to tell its format; what lies beyond is not looked at. */
  private static final int TELLING_CHARS = 4096;

  private static final Pattern TRACE_JSON =
      Pattern.compile("\\s*+\\{.*?\"(?:kernel|op)\"\\s*+:.*", Pattern.DOTALL);
  private static final Pattern QEMU =
      Pattern.compile(
          "(?:[0-9]++@[0-9]++\\.[0-9]++:[a-z]\\w*+|vfio_[a-z]\\w*+)(?:\\s.*)?", Pattern.DOTALL);
  private static final Pattern FTRACE =
      Pattern.compile(
          "# tracer:.*|CPU:[0-9]++ \\[LOST .*|.*[0-9]: set_irqs(?:_ret)?:.*", Pattern.DOTALL);

  /** The format of which the line is typical; empty where it tells nothing. */
  public static Optional<RecordingFormat> detect(String line) {
    String head = line.substring(0, Math.min(line.length(), TELLING_CHARS));
    if (TRACE_JSON.matcher(head).matches()) {
      return Optional.of(KERNEL_TRACE);
    }
    if (QEMU.matcher(head).matches()) {
      return Optional.of(QEMU_TRACE);
    }
    return FTRACE.matcher(head).matches() ? Optional.of(PROBE) : Optional.empty();
  }

  /** A parser for one recording of this format. */
  public RecordingParser newParser() {
    return switch (this) {
      case KERNEL_TRACE -> new KernelTraceParser();
      case QEMU_TRACE -> new QemuTraceParser();
      case PROBE -> new ProbeParser();
    };
  }
}
