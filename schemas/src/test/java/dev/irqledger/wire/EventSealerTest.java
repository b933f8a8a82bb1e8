package dev.irqledger.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.Source;
import dev.irqledger.wire.Decoded.Value;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventSealerTest {
  private static final DeviceKey A = new DeviceKey("h", new Bdf("0000:01:00.0"));
  private static final DeviceKey B = new DeviceKey("h", new Bdf("0000:02:00.0"));
  private static final EventHash LAST = new EventHash(9, 8, 7, 6);

  private final EventCodec codec = EventCodec.releasedOnly();

  @Test
  void each_device_is_numbered_from_one_without_gaps() {
    EventSealer sealer = sealer(KnownHeads.FIRST_EPOCH);
    assertEquals(1, seal(sealer, A).event().sequence());
    assertEquals(2, seal(sealer, A).event().sequence());
    assertEquals(1, seal(sealer, B).event().sequence());
    assertEquals(3, seal(sealer, A).event().sequence());
  }

  @Test
  void each_event_names_the_hash_of_the_one_before() {
    EventSealer sealer = sealer(KnownHeads.FIRST_EPOCH);
    InterruptEvent first = seal(sealer, A).event();
    assertEquals(EventHash.NONE, first.previousHash());
    assertEquals(first.hash(), seal(sealer, A).event().previousHash());
  }

  @Test
  void the_bytes_are_those_of_the_event() {
    SealedEvent sealed = seal(sealer(KnownHeads.FIRST_EPOCH), A);
    assertEquals(new Value<>(sealed.event()), codec.decode(sealed.bytes()));
    assertEquals("h/0000:01:00.0", sealed.key());
  }

  @Test
  void an_epochs_first_event_links_to_the_epoch_before() {
    InterruptEvent first = seal(sealer(new KnownHeads(Map.of(A, LAST), false)), A).event();
    assertEquals(LAST, first.previousHash());
    assertFalse(first.journalLost());
  }

  @Test
  void where_the_journal_was_lost_the_first_event_of_an_unknown_device_says_so() {
    EventSealer sealer = sealer(new KnownHeads(Map.of(A, LAST), true));
    assertFalse(seal(sealer, A).event().journalLost());
    assertTrue(seal(sealer, B).event().journalLost());
    assertFalse(seal(sealer, B).event().journalLost());
  }

  @Test
  void a_hosts_first_epoch_lost_no_journal() {
    assertFalse(seal(sealer(KnownHeads.FIRST_EPOCH), A).event().journalLost());
  }

  @Test
  void the_next_epoch_goes_on_from_the_heads() {
    EventSealer sealer = sealer(new KnownHeads(Map.of(B, LAST), false));
    SealedEvent last = seal(sealer, A);
    assertEquals(Map.of(A, last.event().hash(), B, LAST), sealer.heads().hashes());
  }

  @Test
  void an_event_that_is_too_large_takes_no_number() {
    EventSealer sealer = sealer(KnownHeads.FIRST_EPOCH);
    String large = "x".repeat(SingleObject.MOST_BYTES);
    assertThrows(IllegalArgumentException.class, () -> seal(sealer, A, large));
    assertEquals(1, seal(sealer, A).event().sequence());
  }

  private EventSealer sealer(KnownHeads before) {
    return new EventSealer(codec, 4, "boot", before);
  }

  private static SealedEvent seal(EventSealer sealer, DeviceKey device) {
    return seal(sealer, device, "no");
  }

  private static SealedEvent seal(EventSealer sealer, DeviceKey device, String reason) {
    return sealer.seal(
        new UUID(1, 2), device, Source.AGENT_CALL, Actor.UNKNOWN, 5, new CommandRefused(reason));
  }
}
