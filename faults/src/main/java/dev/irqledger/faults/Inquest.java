package dev.irqledger.faults;

import dev.irqledger.faults.Node.Kind;
import dev.irqledger.service.ServiceSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * Tells what is known of a deployment that did not converge, while it still runs: what the machine
 * it ran on may not keep.
 */
final class Inquest {
  private static final int ANSWERS_WITHIN_MS = 10_000;
  private static final int LAST_LINES = 400;
  private static final Duration DUMPED_WITHIN = Duration.ofSeconds(10);
  private static final long LOOKS_AGAIN_MS = 100;

  /** Stands after a dump's last thread. */
  private static final String DUMPED = "JNI global refs";

  private final Deployment deployment;
  private final Telling telling;

  Inquest(Deployment deployment, Telling telling) {
    this.deployment = deployment;
    this.telling = telling;
  }

  /** Tells it, the shortest last. What cannot be found out is told too. */
  void hold() throws InterruptedException {
    for (Node service : deployment.all(Kind.SERVICE).toList()) {
      try {
        tellOf(service);
      } catch (IOException e) {
        telling.tell("%s: its messages cannot be read: %s", service.name(), e);
      }
    }
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                deployment.bootstrap(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                ANSWERS_WITHIN_MS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                ANSWERS_WITHIN_MS))) {
      tellOfTransactions(admin);
      tellOfGroup(admin);
      tellOfPartitions(admin);
    } catch (ExecutionException e) {
      telling.tell("the brokers could not be asked: %s", String.valueOf(e.getCause()));
    }
  }

  private void tellOfTransactions(Admin admin) throws ExecutionException, InterruptedException {
    for (TransactionListing each : admin.listTransactions().all().get()) {
      telling.tell(
          "transaction: %s",
          admin
              .describeTransactions(List.of(each.transactionalId()))
              .description(each.transactionalId())
              .get());
    }
  }

  private void tellOfGroup(Admin admin) throws ExecutionException, InterruptedException {
    String group = ServiceSettings.DEFAULT_APPLICATION_ID;
    ConsumerGroupDescription described =
        admin.describeConsumerGroups(List.of(group)).all().get().values().iterator().next();
    telling.tell("group %s: %s", group, described.groupState());
    described
        .members()
        .forEach(member ->
            telling.tell(
                "member %s at %s: %s",
                member.consumerId(), member.host(), member.assignment().topicPartitions()));
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    committed.forEach((partition, at) ->
        telling.tell("%s: folded up to %d", partition, at == null ? -1 : at.offset()));
  }

  /** Of each partition of which readers do not see all. */
  private void tellOfPartitions(Admin admin) throws ExecutionException, InterruptedException {
    Collection<TopicPartition> all =
        admin
            .describeTopics(admin.listTopics().names().get())
            .allTopicNames()
            .get()
            .values()
            .stream()
            .flatMap(topic ->
                topic.partitions().stream()
                    .map(TopicPartitionInfo::partition)
                    .map(number -> new TopicPartition(topic.name(), number)))
            .toList();
    Map<TopicPartition, OffsetSpec> latest =
        all.stream().collect(Collectors.toMap(each -> each, _ -> OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> visible =
        admin
            .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
            .all()
            .get();
    Map<TopicPartition, ListOffsetsResultInfo> written =
        admin
            .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
            .all()
            .get();
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> each : written.entrySet()) {
      TopicPartition partition = each.getKey();
      long end = each.getValue().offset();
      ListOffsetsResultInfo seen = visible.get(partition);
      long stable = seen == null ? -1 : seen.offset();
      if (stable < end) {
        PartitionProducerState producers =
            admin.describeProducers(List.of(partition)).partitionResult(partition).get();
        telling.tell(
            "%s: readers see it up to %d of %d; producers: %s",
            partition,
            stable,
            end,
            producers.activeProducers().stream()
                .filter(producer -> producer.currentTransactionStartOffset().isPresent())
                .toList());
      }
    }
  }

  /** Its threads, and the end of what it said. */
  private void tellOf(Node service) throws IOException, InterruptedException {
    telling.tell(
        "%s %s; the end of its messages:", service.name(), service.runs() ? "runs" : "is down");
    service.dumpThreads();
    long end = System.nanoTime() + DUMPED_WITHIN.toNanos();
    List<String> lines = lines(service);
    while (service.runs()
        && lines.stream().noneMatch(line -> line.startsWith(DUMPED))
        && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(LOOKS_AGAIN_MS);
      lines = lines(service);
    }
    lines
        .subList(Math.max(0, lines.size() - LAST_LINES), lines.size())
        .forEach(line -> telling.tell("%s| %s", service.name(), line));
  }

  /** Whatever bytes are among them. */
  private static List<String> lines(Node service) throws IOException {
    return new String(Files.readAllBytes(service.messages()), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }
}
