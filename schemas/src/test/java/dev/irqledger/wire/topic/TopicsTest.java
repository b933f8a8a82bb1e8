package dev.irqledger.wire.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.MockAdminClient;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicsTest {
  private final MockAdminClient admin = MockAdminClient.create().numBrokers(3).build();

  @AfterEach
  void close() {
    admin.close();
  }

  @Test
  void a_new_cluster_gets_all_topics() throws Exception {
    Topics.Ensured ensured = Topics.ensure(admin, 12, 3);
    assertEquals(List.of(), ensured.problems());
    assertEquals(EnumSet.allOf(Topic.class), EnumSet.copyOf(ensured.created()));
    for (Topic topic : Topic.values()) {
      assertEquals(topic == Topic.SCHEMAS ? 1 : 12, describe(topic).partitions().size());
      assertEquals(3, describe(topic).partitions().getFirst().replicas().size());
    }
  }

  @Test
  void the_log_of_record_is_never_cut_and_has_the_brokers_time() throws Exception {
    Topics.ensure(admin, 12, 3);
    assertEquals("delete", setting(Topic.EVENTS, "cleanup.policy"));
    assertEquals("-1", setting(Topic.EVENTS, "retention.ms"));
    assertEquals("-1", setting(Topic.EVENTS, "retention.bytes"));
    assertEquals("LogAppendTime", setting(Topic.EVENTS, "message.timestamp.type"));
    assertEquals("2", setting(Topic.EVENTS, "min.insync.replicas"));
  }

  @Test
  void topics_without_a_replica_to_spare_can_be_written() throws Exception {
    Topics.ensure(admin, 12, 1);
    assertEquals("1", setting(Topic.EVENTS, "min.insync.replicas"));
  }

  @Test
  void a_second_time_nothing_is_created_and_nothing_wrong() {
    Topics.ensure(admin, 12, 3);
    assertEquals(new Topics.Ensured(12, List.of(), List.of(), true), Topics.ensure(admin, 12, 3));
  }

  @Test
  void missing_topics_get_as_many_partitions_as_the_others_have() throws Exception {
    create(Topic.EVENTS, 6);
    Topics.Ensured ensured = Topics.ensure(admin, 12, 3);
    assertEquals(6, ensured.partitions());
    assertTrue(ensured.sound());
    assertEquals(6, describe(Topic.VIOLATIONS).partitions().size());
  }

  @Test
  void topics_with_different_numbers_of_partitions_are_a_problem_and_nothing_is_created()
      throws Exception {
    create(Topic.EVENTS, 6);
    create(Topic.COMMANDS, 4);
    Topics.Ensured ensured = Topics.ensure(admin, 12, 3);
    assertEquals(
        List.of("topics with different numbers of partitions: {irq.commands=4, irq.events=6}"),
        ensured.problems());
    assertEquals(List.of(), ensured.created());
  }

  @Test
  void a_log_that_would_be_cut_is_a_problem() throws Exception {
    Map<String, String> settings = Topic.EVENTS.settings(3);
    settings.put("retention.ms", "604800000");
    create(Topic.EVENTS, 6, settings);
    assertEquals(
        List.of("irq.events has retention.ms=604800000, not -1"),
        Topics.ensure(admin, 6, 3).problems());
  }

  private void create(Topic topic, int partitions) throws Exception {
    create(topic, partitions, topic.settings(3));
  }

  private void create(Topic topic, int partitions, Map<String, String> settings) throws Exception {
    NewTopic wanted = new NewTopic(topic.topicName(), partitions, (short) 3).configs(settings);
    admin.createTopics(Set.of(wanted)).all().get();
  }

  private TopicDescription describe(Topic topic) throws Exception {
    return admin
        .describeTopics(Set.of(topic.topicName()))
        .allTopicNames()
        .get()
        .get(topic.topicName());
  }

  private String setting(Topic topic, String name) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName());
    return admin.describeConfigs(Set.of(resource)).all().get().get(resource).get(name).value();
  }
}
