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
 * @param byAgent whether the host's agent opened the device itself
 */
public record Holding(
    VectorCounts counts, @Nullable String vm, long unarmedSinceMicros, boolean byAgent) {
  /** A device of which nothing was folded. */
  public static final Holding NONE = new Holding(VectorCounts.ZERO, null, 0, false);

  /** How much of a virtual machine's name is kept. */
  static final int LONGEST_NAME = 256;

  private static final byte VERSION = 3;
  private static final byte WITHOUT_AGENT = 2;
  private static final byte WITHOUT_TIME = 1;
  private static final int NAMED = 1;
  private static final int BY_AGENT = 2;
  private static final int FIXED_BYTES = 2 + 3 * Integer.BYTES + Long.BYTES;

  public Holding {
    vm = vm != null && vm.length() > LONGEST_NAME ? vm.substring(0, LONGEST_NAME) : vm;
  }

  /**
   * The holding after an event.
   *
   * @param user the virtual machine that the event names; null where it names none
   * @param hostTimeMicros the event's host time, in microseconds since 1970; 0 where not known
   * @param agents whether the agent holds the device after it
   */
  public Holding after(
      VectorCounts now, @Nullable String user, long hostTimeMicros, boolean agents) {
    long since = unarmed(counts) > 0 ? unarmedSinceMicros : hostTimeMicros;
    return new Holding(now, user == null ? vm : user, unarmed(now) > 0 ? since : 0, agents);
  }

  private static int unarmed(VectorCounts counts) {
    return counts.cached() + counts.reserved();
  }

  /** The form in which it is kept: version, two flags, four numbers, the name. */
  public byte[] toBytes() {
    byte[] name = vm == null ? new byte[0] : vm.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(FIXED_BYTES + name.length)
        .put(VERSION)
        .put((byte) ((vm == null ? 0 : NAMED) | (byAgent ? BY_AGENT : 0)))
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
   * @throws UnknownFormException if a later version of this program wrote it
   */
  public static Holding of(byte @Nullable [] kept) {
    if (kept == null) {
      return NONE;
    }
    ByteBuffer in = ByteBuffer.wrap(kept);
    byte version = in.get();
    if (version != VERSION && version != WITHOUT_AGENT && version != WITHOUT_TIME) {
      throw new UnknownFormException("what a device holds", Byte.toString(version), VERSION);
    }
    byte flags = in.get();
    VectorCounts counts = new VectorCounts(in.getInt(), in.getInt(), in.getInt());
    long since = version == WITHOUT_TIME ? 0 : in.getLong();
    String vm = (flags & NAMED) == 0 ? null : StandardCharsets.UTF_8.decode(in).toString();
    return new Holding(counts, vm, since, (flags & BY_AGENT) != 0);
  }
}
