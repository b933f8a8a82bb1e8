package dev.irqledger.wire;

import dev.irqledger.core.state.VectorMap;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of one device, encoded page by page as they stand in the record of its state: who
 * writes a state again after a few vectors changed encodes their pages alone, and not the up to
 * 2,048 vectors that the device has.
 *
 * <p>Immutable: {@link DeviceStateCodec} makes the next one, which shares the pages that stay.
 */
public final class EncodedVectors {
  /** Of a device without an allocated vector. */
  public static final EncodedVectors NONE = new EncodedVectors(new Page[0]);

  /** By their numbers, up to the highest that ever held something; null holds nothing. */
  private final @Nullable Page[] pages;

  /** How many vectors a page holds, at least one, and what they are encoded as, one by one. */
  static final class Page {
    private final int vectors;
    private final byte[] items;

    Page(int vectors, byte[] items) {
      this.vectors = vectors;
      this.items = items;
    }
  }

  private EncodedVectors(@Nullable Page[] pages) {
    this.pages = pages;
  }

  /**
   * The vectors of one page alone.
   *
   * @param page from 0 on, of {@link VectorMap#PAGE_VECTORS} vectors
   */
  public EncodedVectors page(int page) {
    return NONE.with(page, page < pages.length ? pages[page] : null);
  }

  public boolean isEmpty() {
    return vectors() == 0;
  }

  EncodedVectors with(int page, @Nullable Page encoded) {
    @Nullable Page[] changed = Arrays.copyOf(pages, Math.max(pages.length, page + 1));
    changed[page] = encoded;
    return new EncodedVectors(changed);
  }

  /** Writes what {@link VectorsForm} writes of the same vectors, byte for byte. */
  void write(FieldWriter out) throws IOException {
    out.out.writeArrayStart();
    out.out.setItemCount(vectors());
    for (Page page : pages) {
      if (page != null) {
        out.out.writeFixed(page.items); // no length before it: the items are bytes already
      }
    }
    out.out.writeArrayEnd();
  }

  private int vectors() {
    int sum = 0;
    for (Page page : pages) {
      sum += page == null ? 0 : page.vectors;
    }
    return sum;
  }
}
