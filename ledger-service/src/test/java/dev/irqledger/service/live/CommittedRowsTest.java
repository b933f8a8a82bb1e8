package dev.irqledger.service.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.web.DeviceRow;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import dev.irqledger.wire.topic.HostPartitioner;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommittedRowsTest {
  private static final int PARTITIONS = 2;

  private final CommittedRows rows = new CommittedRows(PARTITIONS);

  private static int partition(String device) {
    return HostPartitioner.partition(DeviceKey.parse(device).host(), PARTITIONS);
  }

  private void stage(String device, long offset) {
    DeviceKey key = DeviceKey.parse(device);
    LogPosition position = new LogPosition(partition(device), offset, 1000 + offset);
    DeviceRow row = DeviceRow.of(new FoldedState(DeviceState.unseen(key), position));
    rows.stage(partition(device), key, row);
  }

  private List<Long> shown() {
    return rows.cut(null).items().stream().map(row -> row.position().offset()).toList();
  }

  @Test
  void nothing_is_shown_before_its_transaction_was_seen_as_a_whole() {
    stage("hv-1/0000:01:00.0", 4);
    stage("hv-1/0000:02:00.0", 5);
    assertEquals(List.of(), shown());
    rows.show(partition("hv-1/0000:01:00.0"));
    assertEquals(List.of(4L, 5L), shown());
    assertEquals(5, rows.position("hv-1").last().get(partition("hv-1/0000:01:00.0")));
  }

  @Test
  void it_is_complete_once_every_partition_was_read_to_its_end() {
    rows.show(0);
    assertFalse(rows.complete());
    rows.show(1);
    assertTrue(rows.complete());
    assertEquals("offset:0@-1,1@-1", rows.position(null).token());
  }

  @Test
  void reading_the_topic_again_takes_no_position_back() {
    stage("hv-1/0000:01:00.0", 4);
    stage("hv-1/0000:02:00.0", 9);
    rows.show(partition("hv-1/0000:01:00.0"));
    stage("hv-1/0000:01:00.0", 4);
    rows.show(partition("hv-1/0000:01:00.0"));
    assertEquals(9, rows.position("hv-1").last().get(partition("hv-1/0000:01:00.0")));
  }

  @Test
  void a_cut_stays_as_it_was() {
    stage("hv-1/0000:01:00.0", 4);
    rows.show(partition("hv-1/0000:01:00.0"));
    var before = rows.cut(null);
    stage("hv-1/0000:01:00.0", 7);
    rows.show(partition("hv-1/0000:01:00.0"));
    assertEquals(4, before.items().getFirst().position().offset());
    assertEquals(List.of(7L), shown());
  }

  @Test
  void a_host_has_its_own_devices_and_its_partitions_position() {
    stage("hv-1/0000:01:00.0", 1);
    stage("hv-10/0000:01:00.0", 2);
    stage("hv-1/ffff:01:00.0", 3);
    rows.show(0);
    rows.show(1);
    assertEquals(2, rows.cut("hv-1").items().size());
    assertEquals(1, rows.cut("hv-1").position().last().size());
    assertEquals(0, rows.cut("hv").items().size());
  }

  @Test
  void a_device_that_is_gone_is_not_shown() {
    stage("hv-1/0000:01:00.0", 1);
    rows.show(partition("hv-1/0000:01:00.0"));
    rows.stage(partition("hv-1/0000:01:00.0"), DeviceKey.parse("hv-1/0000:01:00.0"), null);
    rows.show(partition("hv-1/0000:01:00.0"));
    assertEquals(List.of(), shown());
  }

  @Test
  void whoever_waits_is_told_when_the_record_is_reflected_or_that_it_takes_too_long()
      throws InterruptedException {
    assertFalse(rows.await(partition("hv-1/0000:01:00.0"), 3, Duration.ZERO));
    stage("hv-1/0000:01:00.0", 3);
    Thread.ofVirtual().start(() -> rows.show(partition("hv-1/0000:01:00.0")));
    assertTrue(rows.await(partition("hv-1/0000:01:00.0"), 3, Duration.ofSeconds(30)));
  }
}
