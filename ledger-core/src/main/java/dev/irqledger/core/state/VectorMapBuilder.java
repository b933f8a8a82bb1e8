package dev.irqledger.core.state;

import org.jspecify.annotations.Nullable;

/**
 * A {@link VectorMap} while several of its vectors change: what they share is copied once, not once
 * for each. Confined to one thread.
 */
public final class VectorMapBuilder {
  private VectorMap built;
  private VectorCounts counts;
  private VectorState[][][] root;

  /** Which nodes were copied since the last map was built, and so may be written to. */
  private int ownNodes;

  /** Which pages were: those of the lower and of the upper half of the nodes, a bit each. */
  private long ownLowPages;

  private long ownHighPages;
  private boolean changed;

  /** Begins with those vectors. */
  public VectorMapBuilder(VectorMap vectors) {
    built = vectors;
    counts = vectors.counts();
    root = vectors.root();
  }

  public VectorCounts counts() {
    return counts;
  }

  /** The vector's state, null where it is free. */
  public @Nullable VectorState get(int vector) {
    return VectorMap.get(root, vector);
  }

  /**
   * Gives the vector that state; null frees it.
   *
   * @throws IndexOutOfBoundsException if a device cannot have that vector
   */
  public void put(int vector, @Nullable VectorState state) {
    VectorState before = get(vector);
    if (before == null ? state == null : before.equals(state)) {
      return;
    }
    counts = counts.with(before, state);
    ownPage(vector)[VectorMap.inPage(vector)] = state;
  }

  private VectorState[] ownPage(int vector) {
    if (!changed) {
      changed = true;
      root = root.clone();
    }
    int i = VectorMap.node(vector);
    if ((ownNodes & 1 << i) == 0) {
      ownNodes |= 1 << i;
      root[i] = root[i] == null ? new VectorState[VectorMap.WIDTH][] : root[i].clone();
    }
    VectorState[][] node = root[i];
    int j = VectorMap.pageInNode(vector);
    if (!own(i * VectorMap.WIDTH + j)) {
      node[j] = node[j] == null ? new VectorState[VectorMap.WIDTH] : node[j].clone();
    }
    return node[j];
  }

  /** Whether that page was own before; it is from now on. */
  private boolean own(int page) {
    long bit = 1L << page; // of the number's lowest six bits
    boolean low = page < Long.SIZE;
    boolean before = ((low ? ownLowPages : ownHighPages) & bit) != 0;
    ownLowPages |= low ? bit : 0;
    ownHighPages |= low ? 0 : bit;
    return before;
  }

  /** Goes on with other vectors in the place of all that are there. */
  public void replaceBy(VectorMap vectors) {
    built = vectors;
    counts = vectors.counts();
    root = vectors.root();
    ownNodes = 0;
    ownLowPages = 0;
    ownHighPages = 0;
    changed = false;
  }

  /** The map as it is now. */
  public VectorMap build() {
    if (changed) {
      replaceBy(VectorMap.of(root, counts));
    }
    return built;
  }
}
