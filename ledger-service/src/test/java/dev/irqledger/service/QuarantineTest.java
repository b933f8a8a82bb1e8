package dev.irqledger.service;

import static dev.irqledger.service.ModelledFleet.device;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.DeviceCapabilities;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.device.KernelRelease;
import dev.irqledger.core.event.DeviceIdentity;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.wire.Quarantine;
import dev.irqledger.wire.SealedEvent;
import dev.irqledger.wire.avro.Quarantined;
import dev.irqledger.wire.topic.Topic;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class QuarantineTest {
  private static final DeviceKey NVME = device("hv-1", 1);

  private final LedgerDriver ledger = new LedgerDriver();
  private final ModelledFleet fleet = new ModelledFleet();

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void bytes_that_are_no_event_are_set_aside_with_their_place_and_the_stream_goes_on() {
    SealedEvent open = fleet.open(NVME, "web-3", "dmar0");
    byte[] key = open.key().getBytes(UTF_8);
    byte[] cut = Arrays.copyOf(open.bytes(), open.bytes().length - 1);
    ledger.append(key, cut);
    ledger.append(open);

    Quarantined record = theOnlyOne("");

    assertEquals(Topic.EVENTS.topicName(), record.getTopic());
    assertEquals(0, record.getPartition());
    assertEquals(0, record.getOffset());
    assertArrayEquals(key, bytes(record.getKey()));
    assertArrayEquals(cut, bytes(record.getValue()));
    assertEquals(1, ledger.states().size());
  }

  @Test
  void nothing_that_can_stand_in_a_record_stops_the_stream() {
    SealedEvent open = fleet.open(NVME, "web-3", "dmar0");
    byte[][] poison = {
      null, {}, {1}, {(byte) 0xC3, 1}, "hv-1/0000:01:00.0".getBytes(UTF_8), new byte[1 << 20],
    };
    for (byte[] key : poison) {
      for (byte[] value : poison) {
        ledger.append(key, value);
      }
    }
    ledger.append(open);

    assertEquals(poison.length * poison.length, ledger.quarantined().size());
    assertEquals(1, ledger.states().size());
  }

  @Test
  void a_record_in_quarantine_always_fits_into_the_log() {
    byte[] large = new byte[1 << 20];
    ledger.append(large, large);

    TestRecord<byte[], byte[]> record = ledger.raw(Topic.QUARANTINE).getFirst();

    assertEquals(Quarantine.KEY_BYTES, record.key().length);
    assertTrue(record.key().length + record.value().length < 1 << 20);
  }

  @Test
  void an_event_under_the_key_of_another_device_is_set_aside() {
    SealedEvent open = fleet.open(NVME, "web-3", "dmar0");
    ledger.append("hv-2/0000:01:00.0".getBytes(UTF_8), open.bytes());

    theOnlyOne("the key is hv-2/0000:01:00.0, but the event is of hv-1/0000:01:00.0");
    assertTrue(ledger.states().isEmpty());
  }

  @Test
  void an_event_whose_key_is_no_device_is_set_aside() {
    SealedEvent open = fleet.open(NVME, "web-3", "dmar0");
    ledger.append("hv-1".getBytes(UTF_8), open.bytes());

    theOnlyOne("not a device key: 'hv-1'");
    assertTrue(ledger.states().isEmpty());
  }

  @Test
  void an_event_without_a_key_is_set_aside_without_one() {
    ledger.append(null, fleet.open(NVME, "web-3", "dmar0").bytes());

    assertNull(theOnlyOne("there is no key").getKey());
  }

  @Test
  void an_event_that_makes_a_state_too_large_for_the_log_is_set_aside_and_not_folded() {
    ledger.append(fleet.open(NVME, "web-3", "dmar0"));
    String name = "x".repeat((1 << 20) - 1000);
    SealedEvent large =
        fleet.seal(
            NVME,
            "web-3",
            new DeviceOpened(
                new KernelRelease(name), DeviceCapabilities.UNSEEN, DeviceIdentity.UNKNOWN));
    ledger.append(large);

    theOnlyOne("too large for the log");
    assertEquals(1, ledger.states().size());
    assertEquals("6.12.0", ledger.stored().get(NVME).state().profile().kernel().text());
  }

  @Test
  void an_agent_status_of_another_host_than_its_key_says_is_set_aside() {
    ledger.status("hv-2".getBytes(UTF_8), "{}".getBytes(UTF_8));
    ledger.status("not a host".getBytes(UTF_8), null);

    assertEquals(
        2,
        ledger.quarantined().stream()
            .filter(record -> record.getTopic().equals(Topic.AGENT_STATUS.topicName()))
            .count());
  }

  private Quarantined theOnlyOne(String reason) {
    var all = ledger.quarantined();
    assertEquals(1, all.size());
    assertTrue(all.getFirst().getReason().contains(reason), all.getFirst()::getReason);
    return all.getFirst();
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
