package dev.irqledger.core.state;

import dev.irqledger.core.event.KernelView;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The allocated vectors of one device: an immutable map from vector to its state.
 *
 * <p>A radix tree of three levels, 8 by 16 by 16, so that a change of one vector copies three short
 * arrays whatever the number of vectors, and all other pages are shared with the map before.
 */
@SuppressWarnings("ReferenceEquality") // shared pages are told by identity
public final class VectorMap {
  private static final int BITS = 4;
  static final int WIDTH = 1 << BITS;

  /** How many vectors a page has: page p has those from {@code p * PAGE_VECTORS} on. */
  public static final int PAGE_VECTORS = WIDTH;

  static final int ROOT = KernelView.MAX_VECTORS >> (2 * BITS);

  /** A device without an allocated vector. */
  public static final VectorMap EMPTY = new VectorMap(new VectorState[ROOT][][], VectorCounts.ZERO);

  private final VectorState[][][] root;
  private final VectorCounts counts;

  private VectorMap(VectorState[][][] root, VectorCounts counts) {
    this.root = root;
    this.counts = counts;
  }

  /** A consumer of a vector and its state. */
  @FunctionalInterface
  public interface Visitor {
    void visit(int vector, VectorState state);
  }

  /** A consumer of a vector that differs between two maps; null stands for a free one. */
  @FunctionalInterface
  public interface DifferenceVisitor {
    void visit(int vector, @Nullable VectorState before, @Nullable VectorState after);
  }

  public VectorCounts counts() {
    return counts;
  }

  public boolean isEmpty() {
    return counts.allocated() == 0;
  }

  /** The vector's state, null where it is free. */
  public @Nullable VectorState get(int vector) {
    return get(root, vector);
  }

  static @Nullable VectorState get(VectorState[][][] root, int vector) {
    VectorState[][] node = root[node(vector)];
    if (node == null) {
      return null;
    }
    VectorState[] page = node[pageInNode(vector)];
    return page == null ? null : page[inPage(vector)];
  }

  /** Which of the root's nodes has the vector. */
  static int node(int vector) {
    return vector >> (2 * BITS);
  }

  /** Which of that node's pages. */
  static int pageInNode(int vector) {
    return (vector >> BITS) & (WIDTH - 1);
  }

  /** Where in that page it is. */
  static int inPage(int vector) {
    return vector & (WIDTH - 1);
  }

  /** Not to be written to. */
  VectorState[][][] root() {
    return root;
  }

  static VectorMap of(VectorState[][][] root, VectorCounts counts) {
    return counts.allocated() == 0 ? EMPTY : new VectorMap(root, counts);
  }

  /** The vector's phase, FREE where no irq is allocated. */
  public Phase phase(int vector) {
    VectorState state = get(vector);
    return state == null ? Phase.FREE : state.phase();
  }

  /**
   * The map with that state of the vector; null frees it.
   *
   * @throws IndexOutOfBoundsException if a device cannot have that vector
   */
  public VectorMap with(int vector, @Nullable VectorState state) {
    VectorMapBuilder builder = new VectorMapBuilder(this);
    builder.put(vector, state);
    return builder.build();
  }

  /** The first allocated vector from {@code vector} on, -1 where there is none. */
  public int next(int vector) {
    int v = vector;
    while (v < KernelView.MAX_VECTORS) {
      VectorState[][] node = root[v >> (2 * BITS)];
      if (node == null) {
        v = ((v >> (2 * BITS)) + 1) << (2 * BITS);
        continue;
      }
      VectorState[] page = node[(v >> BITS) & (WIDTH - 1)];
      if (page == null) {
        v = ((v >> BITS) + 1) << BITS;
        continue;
      }
      if (page[v & (WIDTH - 1)] != null) {
        return v;
      }
      v++;
    }
    return -1;
  }

  /** Visits every allocated vector, rising. */
  public void forEach(Visitor visitor) {
    for (int v = next(0); v >= 0; v = next(v + 1)) {
      VectorState state = get(v);
      if (state != null) {
        visitor.visit(v, state);
      }
    }
  }

  /** Visits every vector that differs in {@code after}, rising. Shared pages are passed over. */
  public void forEachDifference(VectorMap after, DifferenceVisitor visitor) {
    for (int i = 0; i < ROOT; i++) {
      if (root[i] != after.root[i]) {
        for (int j = 0; j < WIDTH; j++) {
          VectorState[] was = root[i] == null ? null : root[i][j];
          VectorState[] is = after.root[i] == null ? null : after.root[i][j];
          if (was != is) {
            visitPage((i << BITS | j) << BITS, was, is, visitor);
          }
        }
      }
    }
  }

  /** Visits every page with a vector that differs in {@code after}, rising. */
  public void forEachChangedPage(VectorMap after, IntConsumer visitor) {
    for (int i = 0; i < ROOT; i++) {
      if (root[i] != after.root[i]) {
        for (int j = 0; j < WIDTH; j++) {
          VectorState[] was = root[i] == null ? null : root[i][j];
          VectorState[] is = after.root[i] == null ? null : after.root[i][j];
          if (was != is && !samePage(was, is)) {
            visitor.accept(i << BITS | j);
          }
        }
      }
    }
  }

  private static boolean samePage(VectorState @Nullable [] a, VectorState @Nullable [] b) {
    for (int k = 0; k < WIDTH; k++) {
      if (!Objects.equals(a == null ? null : a[k], b == null ? null : b[k])) {
        return false;
      }
    }
    return true;
  }

  /** The vectors of one page alone. */
  public VectorMap page(int page) {
    return EMPTY.withPage(page, this);
  }

  /** The map with one page as another map has it. */
  public VectorMap withPage(int page, VectorMap from) {
    VectorState[] was = pageAt(page);
    VectorState[] is = from.pageAt(page);
    VectorCounts changed = counts.minus(counts(was)).plus(counts(is));
    if (changed.allocated() == 0) {
      return EMPTY;
    }
    VectorState[][][] newRoot = root.clone();
    VectorState[][] node = newRoot[page >> BITS];
    node = node == null ? new VectorState[WIDTH][] : node.clone();
    node[page & (WIDTH - 1)] = is;
    newRoot[page >> BITS] = node;
    return new VectorMap(newRoot, changed);
  }

  private VectorState @Nullable [] pageAt(int page) {
    VectorState[][] node = root[page >> BITS];
    return node == null ? null : node[page & (WIDTH - 1)];
  }

  private static VectorCounts counts(VectorState @Nullable [] page) {
    VectorCounts counts = VectorCounts.ZERO;
    for (int k = 0; page != null && k < WIDTH; k++) {
      counts = page[k] == null ? counts : counts.with(page[k].phase(), 1);
    }
    return counts;
  }

  private static void visitPage(
      int first,
      VectorState @Nullable [] was,
      VectorState @Nullable [] is,
      DifferenceVisitor visitor) {
    for (int k = 0; k < WIDTH; k++) {
      VectorState before = was == null ? null : was[k];
      VectorState after = is == null ? null : is[k];
      if (!Objects.equals(before, after)) {
        visitor.visit(first + k, before, after);
      }
    }
  }

  @Override
  public boolean equals(Object o) {
    if (this == o) {
      return true;
    }
    if (!(o instanceof VectorMap other) || !counts.equals(other.counts)) {
      return false;
    }
    boolean[] same = {true};
    forEachDifference(other, (_, _, _) -> same[0] = false);
    return same[0];
  }

  @Override
  public int hashCode() {
    int[] hash = {counts.hashCode()};
    forEach((vector, state) -> hash[0] = 31 * hash[0] + 17 * vector + state.hashCode());
    return hash[0];
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    forEach((vector, state) ->
        text.append(text.length() == 1 ? "" : ", ").append(vector).append('=').append(state));
    return text.append('}').toString();
  }
}
