package dev.irqledger.recordings;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.SetIrqs;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one line of a kernel trace buffer says of VFIO's interrupts. Times are nanoseconds of the
 * buffer's own clock.
 */
public sealed interface ProbeRecord {
  /** A thread entered {@code vfio_pci_set_irqs_ioctl} ({@code set_irqs}). */
  record Entered(int thread, String command, long nanos, Bdf device, SetIrqs call)
      implements ProbeRecord {}

  /** A thread returned from it ({@code set_irqs_ret}): 0, a positive number or a negated errno. */
  record Returned(int thread, String command, long nanos, int result) implements ProbeRecord {}

  /**
   * A thread entered {@code vfio_pci_core_disable} ({@code vfio_release}): the device's last close.
   * From there the kernel itself calls {@code vfio_pci_set_irqs_ioctl} once, to disable the mode in
   * use.
   */
  record Releasing(int thread, String command, long nanos, Bdf device) implements ProbeRecord {}

  /**
   * The kernel's account of CPU vectors ({@code irq_matrix_*}), all numbers of one moment. Source:
   * {@code include/trace/events/irq_matrix.h}.
   *
   * @param onlineCpus the CPUs whose vectors are counted
   * @param available vectors that nobody has ({@code global_avl})
   * @param reserved irqs that have no vector and may ask for one ({@code global_rsvd})
   * @param allocated vectors in use ({@code total_alloc})
   */
  record Matrix(long nanos, int onlineCpus, long available, long reserved, long allocated)
      implements ProbeRecord {}

  /**
   * The buffer ran over on a CPU before it was read.
   *
   * @param entries how many are lost; empty where the kernel does not say
   */
  record Lost(int cpu, OptionalLong entries) implements ProbeRecord {
    /** In words for people. */
    public String text() {
      String many =
          entries.isPresent() ? Long.toString(entries.getAsLong()) : "an unknown number of";
      return "the kernel lost " + many + " entries of its trace buffer on CPU " + cpu;
    }
  }

  /** A comment, an empty line, or another event's. */
  record Other() implements ProbeRecord {}

  /** It may be one of ours, and cannot be read. */
  record Unreadable(String reason) implements ProbeRecord {}

  /** Reads one line, without its end-of-line characters. Throws on no input. */
  static ProbeRecord read(String text) {
    if (text.length() > RecordingParser.MAX_LINE_CHARS) {
      return new Unreadable(
          "longer than " + RecordingParser.MAX_LINE_CHARS + " characters; not read");
    }
    try {
      return text.isBlank() || text.startsWith("#") ? new Other() : Reader.of(text);
    } catch (MalformedLineException e) {
      return new Unreadable(e.reason());
    }
  }

  /** How lines are told apart. */
  final class Reader {
    private static final Pattern LOST =
        Pattern.compile("\\s*CPU:([0-9]{1,6}) \\[LOST (?:([0-9]{1,18}) )?EVENTS\\]\\s*");
    private static final Pattern MATRIX =
        Pattern.compile(
            ".*?\\bonline_maps=(\\S{1,10}) global_avl=(\\d{1,10}),? global_rsvd=(\\d{1,10}),?"
                + " total_alloc=(\\d{1,10})\\s*+",
            Pattern.DOTALL);

    private Reader() {}

    private static ProbeRecord of(String text) throws MalformedLineException {
      Matcher lost = LOST.matcher(text);
      if (lost.matches()) {
        String entries = lost.group(2);
        return new Lost(
            Integer.parseInt(lost.group(1)),
            entries == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(entries)));
      }
      ProbeLine line = ProbeLine.read(text);
      return line == null ? new Other() : of(line);
    }

    private static ProbeRecord of(ProbeLine line) throws MalformedLineException {
      return switch (line.event()) {
        case ProbeLine.ENTRY -> {
          ProbeFields fields = ProbeFields.entry(line.fields());
          yield new Entered(
              line.thread(), line.command(), line.nanos(), fields.device(), fields.call());
        }
        case ProbeLine.RETURN ->
            new Returned(
                line.thread(), line.command(), line.nanos(), ProbeFields.result(line.fields()));
        case ProbeLine.RELEASE ->
            new Releasing(
                line.thread(), line.command(), line.nanos(), ProbeFields.device(line.fields()));
        default -> matrix(line);
      };
    }

    private static Matrix matrix(ProbeLine line) throws MalformedLineException {
      Matcher fields = MATRIX.matcher(line.fields());
      if (!fields.matches()) {
        throw new MalformedLineException(
            "irq_matrix: expected online_maps=, global_avl=, global_rsvd= and total_alloc=");
      }
      return new Matrix(
          line.nanos(),
          (int) NumberText.between("online_maps", fields.group(1), 0, Integer.MAX_VALUE),
          NumberText.u32("global_avl", fields.group(2)),
          NumberText.u32("global_rsvd", fields.group(3)),
          NumberText.u32("total_alloc", fields.group(4)));
    }
  }
}
