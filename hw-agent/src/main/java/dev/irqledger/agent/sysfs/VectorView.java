package dev.irqledger.agent.sysfs;

import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.Errno;
import dev.irqledger.core.device.InterruptMode;
import dev.irqledger.core.event.KernelView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One device's vectors as sysfs shows them. Which vector an irq is for does not change while the
 * irq is allocated, so it is read once. An irq number that was freed and given out again is told by
 * the identity of its file in {@code msi_irqs}: that file is made with the irq and goes with it
 * ({@code msi_sysfs_populate_desc}, {@code kernel/irq/msi.c}), and the kernel gives a new file
 * another inode number ({@code __kernfs_new_node}, {@code fs/kernfs/dir.c}).
 */
final class VectorView {
  /** Freeing all irqs of a large device takes the kernel some milliseconds; nothing takes long. */
  private static final int TRIES = 250;

  private static final long PAUSE_NS = 1_000_000;

  private static final int VECTOR_BITS = 0x7ff;

  private final Bdf device;
  private final Path home;
  private final Path irqs;
  private Map<Integer, Known> known = Map.of();

  /** An irq's vector, and the file that it was read for. */
  private record Known(Object file, int vector) {}

  /** The device changed while it was read. */
  private static final class Changed extends Exception {
    private static final long serialVersionUID = 1L;

    Changed() {
      super("changed while it was read", null, false, false);
    }
  }

  VectorView(Bdf device, Path home, Path irqs) {
    this.device = device;
    this.home = home;
    this.irqs = irqs;
  }

  /**
   * @throws VfioException if it cannot be read, EAGAIN if it changes each time
   */
  synchronized KernelView look(int from, int to) {
    for (int i = 0; i < TRIES; i++) {
      Map<Integer, Object> before = files();
      try {
        KernelView view = read(before, from, to);
        if (before.equals(files())) {
          return view;
        }
      } catch (Changed e) {
        known = Map.of();
      }
      LockSupport.parkNanos(PAUSE_NS);
    }
    throw new VfioException("looking at the irqs of " + device, Errno.EAGAIN.number());
  }

  private KernelView read(Map<Integer, Object> files, int from, int to) throws Changed {
    if (files.isEmpty()) {
      return new KernelView(
          isIntx() ? InterruptMode.INTX : InterruptMode.NONE, from, to, List.of());
    }
    InterruptMode mode = mode(files.keySet().iterator().next());
    SortedMap<Integer, KernelView.Seen> seen = new TreeMap<>();
    for (Map.Entry<Integer, Integer> entry : vectors(files).entrySet()) {
      int vector = entry.getKey();
      if (vector >= from && vector < to) {
        seen.put(
            vector,
            new KernelView.Seen(vector, entry.getValue(), isArmed(entry.getValue(), vector)));
      }
    }
    return new KernelView(mode, from, to, List.copyOf(seen.values()));
  }

  /** The irqs by their vectors; reads only those that were not known. */
  private Map<Integer, Integer> vectors(Map<Integer, Object> files) throws Changed {
    Map<Integer, Known> next = new HashMap<>();
    Map<Integer, Integer> irqOf = new HashMap<>();
    for (Map.Entry<Integer, Object> file : files.entrySet()) {
      int irq = file.getKey();
      Known before = known.get(irq);
      Known now =
          before != null && before.file.equals(file.getValue())
              ? before
              : new Known(file.getValue(), vector(irq));
      next.put(irq, now);
      if (irqOf.put(now.vector, irq) != null) {
        throw new Changed();
      }
    }
    known = next;
    return irqOf;
  }

  private int vector(int irq) throws Changed {
    String number = there(irqs.resolve(irq + "/hwirq"));
    if (number.isEmpty()) {
      throw new Changed(); // it has left its domain and is about to go (kernel/irq/irqdomain.c)
    }
    return Integer.parseInt(number) & VECTOR_BITS;
  }

  /** The vector that the handler's name tells has to be the one that the irq is known for. */
  private boolean isArmed(int irq, int vector) throws Changed {
    String actions = there(irqs.resolve(irq + "/actions"));
    if (actions.startsWith("vfio-msi") && !actions.contains("[" + vector + "](" + device + ")")) {
      throw new Changed();
    }
    return !actions.isEmpty();
  }

  private InterruptMode mode(int irq) throws Changed {
    return InterruptMode.ofLabel(there(home.resolve("msi_irqs/" + irq)));
  }

  /** A line can be shared: its handlers' names stand with commas between them. */
  private boolean isIntx() {
    String irq = Attributes.readIfThere(home.resolve("irq"));
    String actions =
        irq == null ? null : Attributes.readIfThere(irqs.resolve(irq).resolve("actions"));
    return actions != null && List.of(actions.split(",")).contains("vfio-intx(" + device + ")");
  }

  /** The allocated irqs, each with its file's identity. */
  private Map<Integer, Object> files() {
    Path directory = home.resolve("msi_irqs");
    Map<Integer, Object> files = new HashMap<>();
    for (String name : Attributes.names(directory)) {
      Object identity = identity(directory.resolve(name));
      if (identity != null) {
        files.put(Integer.valueOf(name), identity);
      }
    }
    return files;
  }

  private static @Nullable Object identity(Path file) {
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return key == null ? new Object() : key;
    } catch (IOException e) {
      if (Attributes.isGone(e)) {
        return null;
      }
      throw Attributes.failure("looking at " + file, e);
    }
  }

  private static String there(Path file) throws Changed {
    String text = Attributes.readIfThere(file);
    if (text == null) {
      throw new Changed();
    }
    return text;
  }
}
