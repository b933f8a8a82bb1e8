package dev.irqledger.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irqledger.core.device.DeviceCapabilities;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.device.IrqIndexInfo;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.event.KernelView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lines of a kernel trace, from JSON. */
final class TraceJson {
  private static final int MAX_NAME = 128;
  private static final int REFUSED = -1;
  private static final Pattern PCI_ID =
      Pattern.compile("(?:0x)?([0-9a-f]{4}):(?:0x)?([0-9a-f]{4})");

  private TraceJson() {}

  static TraceEntry entry(long line, String text) throws MalformedLineException {
    JsonNode object = JsonFields.object(text);
    return object.has("kernel") && !object.has("op") ? header(line, object) : step(line, object);
  }

  private static TraceHeader header(long line, JsonNode object) throws MalformedLineException {
    return new TraceHeader(
        line,
        new KernelRelease(name(object, "kernel")),
        name(object, "device"),
        NumberText.bdf(JsonFields.string(object, "bdf")),
        object.has("pci_id") ? pciId(JsonFields.string(object, "pci_id")) : null);
  }

  private static String name(JsonNode object, String field) throws MalformedLineException {
    String name = JsonFields.string(object, field);
    if (name.isBlank() || name.length() > MAX_NAME) {
      throw new MalformedLineException(
          "the field '" + field + "' is blank or longer than " + MAX_NAME + " characters");
    }
    return name;
  }

  private static String pciId(String text) throws MalformedLineException {
    Matcher id = PCI_ID.matcher(text.toLowerCase(Locale.ROOT));
    if (!id.matches()) {
      throw new MalformedLineException(
          "pci_id: expected vendor and device such as 0x1b36:0x0010, not '"
              + BadLine.shortened(text)
              + "'");
    }
    return id.group(1) + ":" + id.group(2);
  }

  private static TraceStep step(long line, JsonNode object) throws MalformedLineException {
    String text = JsonFields.string(object, "op");
    Op op = OpScript.read(text);
    int ret = (int) JsonFields.number(object, "ret", Integer.MIN_VALUE, Integer.MAX_VALUE);
    boolean timed = !(op instanceof Op.Open) || object.has("ns");
    return new TraceStep(
        line,
        (int) JsonFields.number(object, "seq", 0, Integer.MAX_VALUE),
        text,
        op,
        ret,
        timed ? JsonFields.number(object, "ns", 0, Long.MAX_VALUE) : 0,
        mode(JsonFields.string(object, "mode")),
        irqs(JsonFields.array(object, "irqs")),
        signalled(JsonFields.object(object, "signalled")),
        op instanceof Op.Open && ret == 0 ? info(JsonFields.array(object, "info")) : null);
  }

  private static InterruptMode mode(String label) throws MalformedLineException {
    for (InterruptMode mode : InterruptMode.values()) {
      if (mode.label().equals(label)) {
        return mode;
      }
    }
    throw new MalformedLineException(
        "mode: expected none, intx, msi or msix, not '" + BadLine.shortened(label) + "'");
  }

  private static List<KernelView.Seen> irqs(JsonNode array) throws MalformedLineException {
    List<KernelView.Seen> irqs = new ArrayList<>();
    for (JsonNode irq : array) {
      irqs.add(
          new KernelView.Seen(
              (int) JsonFields.number(irq, "vector", 0, KernelView.MAX_VECTORS - 1),
              (int) JsonFields.number(irq, "irq", Integer.MIN_VALUE, Integer.MAX_VALUE),
              JsonFields.flag(irq, "trigger")));
    }
    irqs.sort(Comparator.comparingInt(KernelView.Seen::vector));
    for (int i = 1; i < irqs.size(); i++) {
      if (irqs.get(i).vector() == irqs.get(i - 1).vector()) {
        throw new MalformedLineException(
            "irqs: vector " + irqs.get(i).vector() + " is listed twice");
      }
    }
    return irqs;
  }

  private static Map<Integer, Long> signalled(JsonNode object) throws MalformedLineException {
    Map<Integer, Long> counts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String name = field.getKey();
      counts.put(OpData.eventfd(name), JsonFields.number(object, name, 0, Long.MAX_VALUE));
    }
    return counts;
  }

  private static DeviceCapabilities info(JsonNode array) throws MalformedLineException {
    @Nullable IrqIndexInfo[] answers = new @Nullable IrqIndexInfo[IrqIndex.COUNT];
    for (JsonNode answer : array) {
      int index = (int) JsonFields.number(answer, "index", 0, IrqIndex.COUNT - 1L);
      answers[index] = answer(answer);
    }
    List<IrqIndexInfo> complete = new ArrayList<>();
    for (IrqIndexInfo answer : answers) {
      if (answer == null || array.size() != IrqIndex.COUNT) {
        throw new MalformedLineException("info: expected one answer for each index from 0 to 4");
      }
      complete.add(answer);
    }
    return new DeviceCapabilities(complete);
  }

  /**
   * A recorder writes -1 for an index that the kernel refused to describe, as it does for ERR on a
   * device that is not PCI Express. The device lacks that index, and calls on it are judged so.
   */
  private static IrqIndexInfo answer(JsonNode answer) throws MalformedLineException {
    int count = (int) JsonFields.number(answer, "count", REFUSED, Integer.MAX_VALUE);
    int flags = (int) JsonFields.number(answer, "flags", REFUSED, NumberText.U32_MAX);
    return count == REFUSED ? new IrqIndexInfo(0, 0) : new IrqIndexInfo(count, flags);
  }
}
