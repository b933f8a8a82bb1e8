package dev.irqledger.wire.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.policy.BudgetHolder;
import dev.irqledger.core.policy.Measure;
import dev.irqledger.core.policy.Policies;
import dev.irqledger.core.policy.Policy;
import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.Budget;
import dev.irqledger.wire.avro.BudgetScope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PolicyFollowerTest {
  private static final String NAME = Topic.POLICIES.topicName();
  private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);
  private static final BudgetHolder HV_1 = BudgetHolder.host("hv-1");

  private final WireCodec<dev.irqledger.wire.avro.Policy> codec =
      new WireCodec<>(dev.irqledger.wire.avro.Policy.class, SchemaCatalog.releasedOnly());
  private final List<ConsumerRecord<byte[], byte[]>> topic = new CopyOnWriteArrayList<>();
  private final LinkedBlockingQueue<Map<String, PolicyFollower.Written>> told =
      new LinkedBlockingQueue<>();
  private volatile boolean brokerAnswers = true;
  private PolicyFollower follower;

  /** A topic that may grow while it is followed. */
  private final class Growing extends MockConsumer<byte[], byte[]> {
    private long given;

    Growing() {
      super("none");
      updatePartitions(NAME, List.of(new PartitionInfo(NAME, 0, null, null, null)));
      updateBeginningOffsets(Map.of(PARTITION, 0L));
    }

    @Override
    public synchronized Map<TopicPartition, Long> endOffsets(
        java.util.Collection<TopicPartition> partitions, Duration most) {
      if (!brokerAnswers) {
        throw new KafkaException("no broker");
      }
      updateEndOffsets(Map.of(PARTITION, (long) topic.size()));
      schedulePollTask(() ->
          topic.forEach(record -> {
            if (record.offset() >= position(PARTITION) && record.offset() >= given) {
              addRecord(record);
              given = record.offset() + 1;
            }
          }));
      return super.endOffsets(partitions, most);
    }
  }

  private void follow(Set<String> wanted, Policies known) {
    follower =
        new PolicyFollower(
                Growing::new,
                SchemaCatalog.releasedOnly(),
                wanted::contains,
                known,
                told::add,
                Duration.ofMillis(10))
            .start();
  }

  @AfterEach
  void close() {
    follower.close();
  }

  private void set(String host, int maxArmed) {
    add(
        host,
        codec.encode(
            dev.irqledger.wire.avro.Policy.newBuilder()
                .setHost(host)
                .setBudgets(
                    List.of(
                        new Budget(BudgetScope.HOST, "*", maxArmed, null),
                        new Budget(BudgetScope.OTHER, "*", 0, null)))
                .setIdleLimitSeconds(0L)
                .build()));
  }

  private void add(String host, byte[] value) {
    topic.add(
        new ConsumerRecord<>(NAME, 0, topic.size(), host.getBytes(StandardCharsets.UTF_8), value));
  }

  private Integer limit() {
    return follower.policies().of("hv-1").limit(HV_1, Measure.ARMED);
  }

  private void awaitTold() throws InterruptedException {
    Map<String, PolicyFollower.Written> next = told.poll(30, TimeUnit.SECONDS);
    assertTrue(next != null, "nothing was told");
    assertEquals(follower.policies(), PolicyFollower.read(next));
  }

  @Test
  void what_the_topic_has_holds_and_what_nobody_wants_is_not_kept() throws InterruptedException {
    set("*", 5);
    set("hv-2", 6);
    follow(Set.of("hv-1", "*"), Policies.NONE);
    assertTrue(follower.awaitRead(Duration.ofSeconds(30)));
    assertEquals(5, limit());
    assertEquals(Set.of("*"), follower.policies().byHost().keySet());
    assertNull(follower.policies().of("hv-1").idleLimitSeconds(), "0 is no limit that can be");
    awaitTold();
  }

  @Test
  void what_is_set_later_holds_soon_and_what_is_taken_away_no_more() throws InterruptedException {
    set("hv-1", 5);
    follow(Set.of("hv-1"), Policies.NONE);
    awaitTold();
    set("hv-1", 7);
    awaitTold();
    assertEquals(7, limit());
    add("hv-1", null);
    awaitTold();
    assertNull(limit());
  }

  @Test
  void what_nobody_can_read_leaves_the_one_before_in_force() throws InterruptedException {
    set("hv-1", 5);
    add("hv-1", new byte[] {1, 2, 3});
    set("*", 9);
    follow(Set.of("hv-1", "*"), Policies.NONE);
    awaitTold();
    assertEquals(5, limit());
  }

  @Test
  void while_no_broker_answers_the_last_known_one_holds() throws InterruptedException {
    brokerAnswers = false;
    set("hv-1", 5);
    Policy known = new Policy("hv-1", "0@0", List.of(), 60L);
    follow(Set.of("hv-1"), Policies.NONE.with("hv-1", known));
    assertFalse(follower.awaitRead(Duration.ZERO));
    assertEquals(known, follower.policies().of("hv-1"));
    brokerAnswers = true;
    awaitTold();
    assertEquals(5, limit());
  }
}
