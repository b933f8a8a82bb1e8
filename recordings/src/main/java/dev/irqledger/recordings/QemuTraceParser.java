package dev.irqledger.recordings;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceCapabilities;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.KernelView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log that QEMU writes with {@code -trace 'vfio_*'} and makes of it the calls that QEMU
 * must have made, in the kernel's order. The log names no results, no closing of a device at QEMU's
 * end, and nothing of the ERR and REQ interrupts. A log that begins in the middle of a run is read
 * as if the device had been idle.
 *
 * <p>The number before the {@code @} is the thread's, and so the actor's: QEMU does not log its own
 * process id or name.
 */
public final class QemuTraceParser implements RecordingParser {
  /** More devices than one QEMU can hold: the memory a hostile log takes stays bounded. */
  static final int MAX_DEVICES = 4096;

  private static final int MAX_MSI_VECTORS = 32;

  private final Map<Bdf, Device> devices = new LinkedHashMap<>();

  /** A device, and its opening where that still waits for what QEMU says of MSI-X next. */
  private static final class Device {
    final QemuCalls calls = new QemuCalls();
    @Nullable Opening opening;
  }

  private record Opening(Origin origin, DeviceCapabilities seen) {}

  /** Which line an operation comes from. */
  private record Origin(long line, Bdf device, QemuLine text) {
    Operation operation(EventBody body) {
      Actor actor = new Actor(null, null, text.thread(), null, null);
      return new Operation(line, device, text.micros(), actor, body);
    }
  }

  @Override
  public void line(long number, String text, Consumer<? super Parsed> sink) {
    if (text.length() > MAX_LINE_CHARS) {
      sink.accept(BadLine.tooLong(number, text));
      return;
    }
    try {
      QemuLine line = QemuLine.read(text);
      QemuEvent event = line == null ? null : QemuEvent.named(line.event());
      if (line != null && event != null) {
        take(number, line, event, sink);
      }
    } catch (MalformedLineException e) {
      sink.accept(new BadLine(number, text, e.reason()));
    }
  }

  @Override
  public void end(Consumer<? super Parsed> sink) {
    devices.values().forEach(device -> letOpen(device, sink));
  }

  private void take(long number, QemuLine line, QemuEvent event, Consumer<? super Parsed> sink)
      throws MalformedLineException {
    Matcher arguments = event.arguments(line);
    Origin origin = new Origin(number, NumberText.bdf(arguments.group(1)), line);
    int count = count(event, arguments);
    Device device = device(origin.device());
    switch (event) {
      case GET_DEVICE -> {
        letOpen(device, sink);
        device.calls.opened();
        device.opening = new Opening(origin, DeviceCapabilities.UNSEEN);
      }
      case MSIX_EARLY_SETUP -> msixSeen(device, count, arguments.group(3));
      case DETACH_DEVICE,
          INTX_ENABLE,
          INTX_DISABLE,
          MSIX_ENABLE,
          MSIX_VECTOR_DO_USE,
          MSIX_DISABLE,
          MSI_ENABLE,
          MSI_DISABLE,
          PCI_RESET_FLR,
          PCI_RESET_PM -> {
        letOpen(device, sink);
        calls(event, device.calls, count, body -> sink.accept(origin.operation(body)));
      }
    }
  }

  private static void calls(
      QemuEvent event, QemuCalls calls, int count, Consumer<EventBody> kernel) {
    switch (event) {
      case GET_DEVICE, MSIX_EARLY_SETUP -> {}
      case DETACH_DEVICE -> calls.detached(kernel);
      case INTX_ENABLE -> calls.intxEnabled(kernel);
      case INTX_DISABLE -> calls.intxDisabled(kernel);
      case MSIX_ENABLE -> calls.msixEnabled(kernel);
      case MSIX_VECTOR_DO_USE -> calls.msixVectorUsed(count, kernel);
      case MSIX_DISABLE -> calls.msixDisabled(kernel);
      case MSI_ENABLE -> calls.msiEnabled(count, kernel);
      case MSI_DISABLE -> calls.msiDisabled(kernel);
      case PCI_RESET_FLR, PCI_RESET_PM -> calls.reset(kernel);
    }
  }

  private static void msixSeen(Device device, int entries, @Nullable String noresize) {
    DeviceCapabilities seen =
        device.calls.msixSeen(entries, noresize != null, "1".equals(noresize));
    if (device.opening != null) {
      device.opening = new Opening(device.opening.origin(), seen);
    }
  }

  private static void letOpen(Device device, Consumer<? super Parsed> sink) {
    Opening opening = device.opening;
    if (opening != null) {
      device.opening = null;
      sink.accept(opening.origin().operation(QemuCalls.opening(opening.seen())));
    }
  }

  private Device device(Bdf bdf) throws MalformedLineException {
    Device known = devices.get(bdf);
    if (known != null) {
      return known;
    }
    if (devices.size() == MAX_DEVICES) {
      throw new MalformedLineException("more than " + MAX_DEVICES + " devices in one log");
    }
    Device device = new Device();
    devices.put(bdf, device);
    return device;
  }

  /** The number that some events carry: entries, a vector, or how many vectors. */
  private static int count(QemuEvent event, Matcher arguments) throws MalformedLineException {
    int max = KernelView.MAX_VECTORS;
    return (int)
        switch (event) {
          case MSIX_EARLY_SETUP -> NumberText.between("entries", arguments.group(2), 1, max);
          case MSIX_VECTOR_DO_USE -> NumberText.between("vector", arguments.group(2), 0, max - 1);
          case MSI_ENABLE ->
              NumberText.between("MSI vectors", arguments.group(2), 1, MAX_MSI_VECTORS);
          case GET_DEVICE,
              DETACH_DEVICE,
              INTX_ENABLE,
              INTX_DISABLE,
              MSIX_ENABLE,
              MSIX_DISABLE,
              MSI_DISABLE,
              PCI_RESET_FLR,
              PCI_RESET_PM ->
              0;
        };
  }
}
