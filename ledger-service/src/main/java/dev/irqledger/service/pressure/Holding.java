package dev.irqledger.service.pressure;

import dev.irqledger.core.state.VectorCounts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What one device holds, and for whom.
 *
 * @param counts its vectors by phase
 * @param vm the virtual machine that used it last; null where not known
 * @param unarmedSinceMicros since when it has had vectors without a trigger all the time, by the
 *     host's clock in microseconds since 1970; 0 where it has none, or nobody knows
 */
public record Holding(VectorCounts counts, @Nullable String vm, long unarmedSinceMicros) {
  /** A device of which nothing was folded. */
  public static final Holding NONE = new Holding(VectorCounts.ZERO, null, 0);

  /** How much of a virtual machine's name is kept. */
  static final int LONGEST_NAME = 256;

  private static final byte VERSION = 2;
  private static final byte WITHOUT_TIME = 1;
  private static final int FIXED_BYTES = 2 + 3 * Integer.BYTES + Long.BYTES;

  public Holding {
    vm = vm != null && vm.length() > LONGEST_NAME ? vm.substring(0, LONGEST_NAME) : vm;
  }

  /**
   * The holding after an event.
   *
   * @param user the virtual machine that the event names; null where it names none
   * @param hostTimeMicros the event's host time, in microseconds since 1970; 0 where not known
   */
  public Holding after(VectorCounts now, @Nullable String user, long hostTimeMicros) {
    long since = unarmed(counts) > 0 ? unarmedSinceMicros : hostTimeMicros;
    return new Holding(now, user == null ? vm : user, unarmed(now) > 0 ? since : 0);
  }

  private static int unarmed(VectorCounts counts) {
    return counts.cached() + counts.reserved();
  }

  /** The form in which it is kept: version, whether there is a name, four numbers, the name. */
  public byte[] toBytes() {
    byte[] name = vm == null ? new byte[0] : vm.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(FIXED_BYTES + name.length)
        .put(VERSION)
        .put((byte) (vm == null ? 0 : 1))
        .putInt(counts.armed())
        .putInt(counts.cached())
        .putInt(counts.reserved())
        .putLong(unarmedSinceMicros)
        .put(name)
        .array();
  }

  /**
   * Reads the kept form; {@link #NONE} where nothing is kept.
   *
   * @throws IllegalStateException if a later version of this program wrote it
   */
  public static Holding of(byte @Nullable [] kept) {
    if (kept == null) {
      return NONE;
    }
    ByteBuffer in = ByteBuffer.wrap(kept);
    byte version = in.get();
    if (version != VERSION && version != WITHOUT_TIME) {
      throw new IllegalStateException("a kept holding of version " + version);
    }
    boolean named = in.get() == 1;
    VectorCounts counts = new VectorCounts(in.getInt(), in.getInt(), in.getInt());
    long since = version == WITHOUT_TIME ? 0 : in.getLong();
    return new Holding(counts, named ? StandardCharsets.UTF_8.decode(in).toString() : null, since);
  }
}
