package dev.irqledger.standalone;

import dev.irqledger.agent.vfio.DevicePreset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A load for tests: random operations on one device, as op files have them, mostly what a driver
 * does, and all that a kernel must refuse. The same seed gives the same ones.
 */
public final class RandomOps {
  private static final int EVENTFDS = 64;

  private final Random random;
  private final int msix;
  private final int msi;
  private boolean open;

  /**
   * @param vectors how many MSI-X vectors the device has
   * @param msi how many MSI vectors it has
   */
  public RandomOps(long seed, int vectors, int msi) {
    this.random = new Random(seed);
    this.msix = vectors;
    this.msi = msi;
  }

  /**
   * For a device of that kind.
   *
   * @throws IllegalArgumentException for devices of very many vectors
   */
  public static RandomOps of(DevicePreset preset, long seed) {
    return switch (preset) {
      case NVME -> new RandomOps(seed, 32, 0);
      case E1000E -> new RandomOps(seed, 5, 1);
      case XHCI -> new RandomOps(seed, 16, 16);
      case EDU -> new RandomOps(seed, 0, 1);
      case NVME2048, NIC -> throw new IllegalArgumentException(preset.label());
    };
  }

  /** The device was closed by somebody else. */
  public void closed() {
    open = false;
  }

  /** The next one. */
  public String next() {
    if (!open) {
      open = true;
      return "open";
    }
    int what = random.nextInt(100);
    if (what < 2) {
      open = false;
      return "close";
    }
    return what < 4 ? "reset" : set();
  }

  private String set() {
    int index = index();
    int count = count(index);
    return switch (random.nextInt(20)) {
      case 0, 1, 2 -> "set " + index + " 0 0 none trigger"; // disable
      case 3 -> "set " + index + " " + start(index) + " " + count + " none trigger";
      case 4 -> "set " + index + " " + start(index) + " " + count + " bool trigger " + bools(count);
      case 5 -> "set 0 0 1 none " + (random.nextBoolean() ? "mask" : "unmask");
      case 6, 7, 8, 9 -> "set " + index + " 0 " + count + " eventfd trigger " + fds(count);
      default ->
          "set " + index + " " + start(index) + " " + count + " eventfd trigger " + fds(count);
    };
  }

  private int index() {
    int chosen = random.nextInt(20);
    if (chosen < 13) {
      return msix > 0 ? 2 : 1;
    }
    return switch (chosen) {
      case 13, 14 -> 1;
      case 15, 16 -> 0;
      case 17 -> 3;
      case 18 -> 4;
      default -> 2;
    };
  }

  private int vectors(int index) {
    return switch (index) {
      case 1 -> Math.max(1, msi);
      case 2 -> Math.max(1, msix);
      default -> 1;
    };
  }

  private int start(int index) {
    int beyond = random.nextInt(20) == 0 ? 2 : 0;
    return random.nextInt(vectors(index) + beyond);
  }

  private int count(int index) {
    return random.nextInt(8) == 0
        ? vectors(index)
        : 1 + random.nextInt(Math.min(4, vectors(index)));
  }

  private String fds(int count) {
    return IntStream.range(0, count).mapToObj(_ -> fd()).collect(Collectors.joining(","));
  }

  private String fd() {
    int chosen = random.nextInt(40);
    return chosen < 12
        ? "-1"
        : chosen == 12 ? "b" : chosen == 13 ? "s" : "e" + random.nextInt(EVENTFDS);
  }

  private String bools(int count) {
    return IntStream.range(0, count)
        .mapToObj(_ -> random.nextBoolean() ? "1" : "0")
        .collect(Collectors.joining(","));
  }

  /** So many. */
  public List<String> take(int count) {
    List<String> ops = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ops.add(next());
    }
    return ops;
  }
}
