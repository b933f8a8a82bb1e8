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

  /** Which nodes and pages were copied since the last map was built, and so may be written to. */
  private int ownNodes;

  private final int[] ownPages = new int[VectorMap.ROOT];
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
      ownPages[i] = 0;
      root[i] = root[i] == null ? new VectorState[VectorMap.WIDTH][] : root[i].clone();
    }
    VectorState[][] node = root[i];
    int j = VectorMap.pageInNode(vector);
    if ((ownPages[i] & 1 << j) == 0) {
      ownPages[i] |= 1 << j;
      node[j] = node[j] == null ? new VectorState[VectorMap.WIDTH] : node[j].clone();
    }
    return node[j];
  }

  /** Goes on with other vectors in the place of all that are there. */
  public void replaceBy(VectorMap vectors) {
    built = vectors;
    counts = vectors.counts();
    root = vectors.root();
    ownNodes = 0;
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
