package dev.irqledger.service;

import dev.irqledger.service.ServiceException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.TopologyDescription;

/**
 * Deletes what an instance keeps. Only what is the service's own: changelogs are found by the names
 * of the topology's stores, never by a pattern that another application's topics may match.
 */
public final class Reset implements AutoCloseable {
  private final ServiceSettings settings;
  private final ClusterFailure failures;
  private final Admin admin;

  private Reset(ServiceSettings settings, ClusterFailure failures, Admin admin) {
    this.settings = settings;
    this.failures = failures;
    this.admin = admin;
  }

  /**
   * What would be deleted.
   *
   * @param positions how many partitions the group has committed positions of
   * @param changelogs the topics that are there
   * @param localState the folder, where it is there
   */
  public record Plan(
      String group, int positions, List<String> changelogs, Optional<Path> localState) {
    public Plan {
      changelogs = List.copyOf(changelogs);
    }

    /** One line for each thing. */
    public List<String> lines() {
      List<String> lines = new ArrayList<>();
      if (positions > 0) {
        String partitions = positions == 1 ? " partition" : " partitions";
        lines.add("the committed positions of group " + group + " in " + positions + partitions);
      }
      changelogs.forEach(topic -> lines.add("the topic " + topic));
      localState.ifPresent(folder -> lines.add("the local state " + folder));
      return lines;
    }
  }

  /**
   * A reset of the instance that has those settings.
   *
   * @throws ServiceException if the cluster's address is none
   */
  public static Reset of(ServiceSettings settings) {
    ClusterFailure failures = new ClusterFailure(settings.bootstrapServers());
    try {
      return new Reset(settings, failures, Admin.create(Preparation.adminSettings(settings)));
    } catch (KafkaException e) {
      throw failures.of("connecting", e);
    }
  }

  /**
   * Looks what there is.
   *
   * @throws ServiceException if an instance runs, or the cluster does not answer or refuses
   */
  public Plan plan() {
    refuseWhileRunning();
    LocalState local = LocalState.of(settings);
    local.refuseWhileUsed();
    return new Plan(
        settings.applicationId(),
        positions().size(),
        changelogs(),
        Files.exists(local.folder()) ? Optional.of(local.folder()) : Optional.empty());
  }

  /**
   * Deletes it. Positions go first: without them, whatever else is still there after a failure, a
   * start begins at the log's beginning. And a group that has got a member meanwhile is refused by
   * the broker, before anything is gone.
   *
   * @throws ServiceException if something could not be deleted; to do it again is safe
   */
  public void carryOut(Plan plan) {
    if (plan.positions() > 0) {
      asking(
          "deleting the positions",
          () -> admin.deleteConsumerGroups(List.of(plan.group())).all().get());
    }
    if (!plan.changelogs().isEmpty()) {
      asking("deleting the changelogs", () -> admin.deleteTopics(plan.changelogs()).all().get());
    }
    LocalState.of(settings).delete();
  }

  private void refuseWhileRunning() {
    String group = settings.applicationId();
    int members;
    try {
      members =
          asking(
                  "asking for the group",
                  () -> admin.describeConsumerGroups(List.of(group)).all().get())
              .values()
              .stream()
              .mapToInt(described -> described.members().size())
              .sum();
    } catch (ServiceException e) {
      if (ClusterFailure.root(e) instanceof GroupIdNotFoundException) {
        return;
      }
      throw e;
    }
    if (members > 0) {
      throw new ServiceException(
          Kind.REFUSED,
          "the group %s has %d member%s: end all instances of the service first; one that was"
                  .formatted(group, members, members == 1 ? "" : "s")
              + " killed is counted for up to 10 s");
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> positions() {
    String group = settings.applicationId();
    try {
      return asking(
          "asking for the positions",
          () -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get());
    } catch (ServiceException e) {
      if (ClusterFailure.root(e) instanceof GroupIdNotFoundException) {
        return Map.of();
      }
      throw e;
    }
  }

  private List<String> changelogs() {
    List<String> there = new ArrayList<>();
    asking("asking for the changelogs", () -> admin.describeTopics(stores()).topicNameValues())
        .forEach((topic, described) -> {
          try {
            asking("asking for " + topic, described::get);
            there.add(topic);
          } catch (ServiceException e) {
            if (!(ClusterFailure.root(e) instanceof UnknownTopicOrPartitionException)) {
              throw e;
            }
          }
        });
    there.sort(null);
    return there;
  }

  /** What Kafka Streams calls the changelogs of the topology's stores. */
  private SortedSet<String> stores() {
    SortedSet<String> names = new TreeSet<>();
    LedgerService.topology(settings)
        .describe()
        .subtopologies()
        .forEach(part -> {
          for (TopologyDescription.Node node : part.nodes()) {
            if (node instanceof TopologyDescription.Processor processor) {
              processor
                  .stores()
                  .forEach(
                      store -> names.add(settings.applicationId() + "-" + store + "-changelog"));
            }
          }
        });
    return names;
  }

  private <T> T asking(String doing, Callable<T> question) {
    try {
      return question.call();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException | KafkaException e) {
      throw failures.of(doing, e);
    } catch (Exception e) {
      throw new IllegalStateException(doing, e);
    }
  }

  @Override
  public void close() {
    admin.close(settings.patience());
  }
}
