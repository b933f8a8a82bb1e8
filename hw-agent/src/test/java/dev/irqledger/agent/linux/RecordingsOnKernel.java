package dev.irqledger.agent.linux;

import dev.irqledger.agent.Fixtures;
import dev.irqledger.agent.act.OpExecutor;
import dev.irqledger.agent.sysfs.Sysfs;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.KernelView;
import dev.irqledger.recordings.KernelTraceReader;
import dev.irqledger.recordings.Samples;
import dev.irqledger.recordings.TraceEntry;
import dev.irqledger.recordings.TraceHeader;
import dev.irqledger.recordings.TraceStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Repeats recordings of a kernel on the running one, with real devices, and compares after each
 * operation what it returned, which eventfds were signalled, and what sysfs shows; in the end no
 * file of VFIO may be open. For a machine that has devices of the recordings, such as a virtual
 * one; recordings of other devices and of kernels with other rules are left out.
 *
 * <pre>{@code
 * RecordingsOnKernel AUTO|GROUP|CHARACTER_DEVICE nvme=0000:01:00.0 ... [FOLDER]
 * }</pre>
 *
 * <p>FOLDER has more recordings ({@code *.jsonl}); without it the samples are repeated. Ends with 1
 * if there was a difference.
 */
final class RecordingsOnKernel {
  private final LinuxVfio vfio;
  private final Map<String, Bdf> devices;
  private final List<String> differences = new ArrayList<>();
  private int recordings;
  private int left;
  private int operations;
  private int failed;
  private long signals;

  private RecordingsOnKernel(LinuxVfio vfio, Map<String, Bdf> devices) {
    this.vfio = vfio;
    this.devices = devices;
  }

  /**
   * @param args as the class says
   */
  public static void main(String[] args) throws IOException {
    Map<String, Bdf> devices = new HashMap<>();
    List<Path> folders = new ArrayList<>();
    for (String arg : List.of(args).subList(1, args.length)) {
      int equals = arg.indexOf('=');
      if (equals > 0) {
        devices.put(arg.substring(0, equals), new Bdf(arg.substring(equals + 1)));
      } else {
        folders.add(Path.of(arg));
      }
    }
    Sysfs sysfs = new Sysfs(Path.of("/sys"), Path.of("/proc"));
    boolean agreed;
    try (LinuxVfio vfio = new LinuxVfio(sysfs, Access.valueOf(args[0]))) {
      RecordingsOnKernel run = new RecordingsOnKernel(vfio, devices);
      run.repeatAll(folders);
      run.report(args[0]);
      agreed = run.operations > 0 && run.differences.isEmpty();
    }
    List<String> stillOpen = openVfioFiles();
    System.out.println("still open after closing: " + stillOpen);
    System.exit(agreed && stillOpen.isEmpty() ? 0 : 1);
  }

  private static List<String> openVfioFiles() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        String file = Files.readSymbolicLink(descriptor).toString();
        if (file.contains("vfio") || file.contains("iommu")) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private void repeatAll(List<Path> folders) throws IOException {
    if (folders.isEmpty()) {
      Samples.kernelTraces().forEach(name -> repeat(name, Samples.lines(name)));
    }
    for (Path folder : folders) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(file -> file.toString().endsWith(".jsonl"))
            .sorted()
            .forEach(file -> repeat(file.toString(), lines(file)));
      }
    }
  }

  private void repeat(String name, List<String> lines) {
    List<TraceEntry> entries = new ArrayList<>();
    KernelTraceReader reader = new KernelTraceReader();
    for (int i = 0; i < lines.size(); i++) {
      reader.line(i + 1L, lines.get(i), entries::add);
    }
    TraceHeader header = (TraceHeader) entries.getFirst();
    Bdf device = devices.get(header.device());
    boolean sameRules = header.kernel().atLeast(6, 5) == vfio.kernelRelease().atLeast(6, 5);
    if (device == null || !sameRules || !sameSize(device, entries)) {
      left++;
      return;
    }
    recordings++;
    try (OpExecutor executor = new OpExecutor(vfio, device, Fixtures::words)) {
      for (TraceEntry entry : entries.subList(1, entries.size())) {
        TraceStep step = (TraceStep) entry;
        EventBody event = executor.execute(step.op());
        compare(name, step, "result", step.ret(), result(event));
        compare(name, step, "signals", step.signalled(), executor.signalled());
        compare(name, step, "shown", shown(step.mode().name(), step.irqs()), shown(device));
        if (step.info() != null && event instanceof DeviceOpened opened) {
          compare(name, step, "info", step.info(), opened.capabilities());
        }
        operations++;
        failed += step.ret() < 0 ? 1 : 0;
        signals += step.signalled().values().stream().mapToLong(Long::longValue).sum();
      }
    }
  }

  /** A table of another size takes other calls. */
  private boolean sameSize(Bdf device, List<TraceEntry> entries) {
    int descriptor = vfio.openDevice(device);
    int vectors = vfio.irqInfo(descriptor, IrqIndex.MSIX).count();
    vfio.closeDescriptor(descriptor);
    return entries.stream()
        .map(entry -> entry instanceof TraceStep step ? step.info() : null)
        .filter(Objects::nonNull)
        .allMatch(info -> info.of(IrqIndex.MSIX).count() == vectors);
  }

  private static int result(EventBody event) {
    return switch (event) {
      case DeviceOpened _, DeviceReleased _ -> 0;
      case DeviceReset reset -> reset.result().orElseThrow();
      case InterruptsSet set -> set.result().orElseThrow();
      case CommandRefused refused -> throw new IllegalStateException(refused.toString());
      default -> throw new IllegalStateException("no event of an operation: " + event);
    };
  }

  private String shown(Bdf device) {
    KernelView view = vfio.look(device, 0, KernelView.MAX_VECTORS);
    return shown(view.mode().name(), view.allocated());
  }

  /** Irq numbers are the host's choice; the vectors and their triggers are not. */
  private static String shown(String mode, List<KernelView.Seen> irqs) {
    StringBuilder text = new StringBuilder(mode);
    irqs.forEach(seen -> text.append(' ').append(seen.vector()).append(seen.armed() ? "+" : ""));
    return text.toString();
  }

  private void compare(String name, TraceStep step, String what, Object then, Object now) {
    if (!then.equals(now)) {
      String call = step.text().substring(0, Math.min(step.text().length(), 60));
      differences.add(
          "%s:%d %s: %s was %s, is %s".formatted(name, step.line(), call, what, then, now));
    }
  }

  private void report(String access) {
    differences.stream().limit(20).forEach(System.out::println);
    System.out.printf(
        "%s, %s: %d recordings (%d left out), %d operations (%d of them refused, %d signals), %d differences%n",
        vfio.kernelRelease(),
        access,
        recordings,
        left,
        operations,
        failed,
        signals,
        differences.size());
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
