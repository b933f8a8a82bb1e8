package dev.irqledger.wire.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes sure that a cluster has the topics, as this project needs them. */
public final class Topics {
  /**
   * How many partitions a new cluster's topics get unless one says otherwise. The number is fixed
   * for good: twelve divide well among few instances, and are enough for the hosts of a large
   * fleet.
   */
  public static final int DEFAULT_PARTITIONS = 12;

  private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(30);

  private final Admin admin;
  private final int replicationFactor;
  private final Set<Topic> created = EnumSet.noneOf(Topic.class);
  private final List<String> problems = new ArrayList<>();

  /** Those that the cluster does not let us describe: somebody else sees to them. */
  private final Set<Topic> hidden = EnumSet.noneOf(Topic.class);

  private Topics(Admin admin, int replicationFactor) {
    this.admin = admin;
    this.replicationFactor = replicationFactor;
  }

  /**
   * What came of it.
   *
   * @param partitions how many partitions the topics have for the hosts
   * @param created the topics that were missing
   * @param problems what is wrong with topics that were there, in words; they were left alone
   * @param consistent false where the topics for hosts have different numbers of partitions, so
   *     that nothing was created and nothing can be written
   */
  public record Ensured(
      int partitions, List<Topic> created, List<String> problems, boolean consistent) {
    public Ensured {
      created = List.copyOf(created);
      problems = List.copyOf(problems);
    }

    public boolean sound() {
      return problems.isEmpty();
    }
  }

  /**
   * Creates the topics that are missing, with explicit settings, and checks the others. Where some
   * are there already, the missing ones get as many partitions as those have, since the number is
   * fixed for good with the first of them. What the cluster does not let this client describe is
   * left alone.
   *
   * @param partitions how many partitions a new cluster's topics get
   * @throws KafkaException if the cluster cannot be asked, or refuses; it refuses too where it lets
   *     this client describe none of them
   */
  public static Ensured ensure(Admin admin, int partitions, int replicationFactor) {
    return new Topics(admin, replicationFactor).ensure(partitions);
  }

  private Ensured ensure(int partitions) {
    Map<Topic, Integer> counts = describe();
    int common = commonCount(counts, partitions);
    boolean consistent = problems.isEmpty();
    if (consistent) {
      for (Topic topic : Topic.values()) {
        if (!counts.containsKey(topic) && !hidden.contains(topic)) {
          create(topic, common);
        }
      }
      awaitCreated();
    }
    checkSettings(counts.keySet());
    return new Ensured(common, List.copyOf(created), problems, consistent);
  }

  private Map<Topic, Integer> describe() {
    Map<Topic, Integer> counts = new EnumMap<>(Topic.class);
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin.describeTopics(names(List.of(Topic.values()))).topicNameValues();
    for (Topic topic : Topic.values()) {
      KafkaFuture<TopicDescription> answer = answers.get(topic.topicName());
      try {
        if (answer != null) {
          counts.put(topic, await(answer).partitions().size());
        }
      } catch (UnknownTopicOrPartitionException e) {
        // Missing: to be created.
      } catch (TopicAuthorizationException e) {
        hidden.add(topic);
      }
    }
    if (hidden.size() == Topic.values().length) {
      throw new TopicAuthorizationException(
          "none of the topics may be described by this user: grant it a role, see access --help");
    }
    return counts;
  }

  private int commonCount(Map<Topic, Integer> counts, int ifNone) {
    Set<Integer> different = new TreeSet<>();
    counts.forEach((topic, count) -> {
      if (topic != Topic.SCHEMAS) {
        different.add(count);
      }
    });
    if (different.size() > 1) {
      Map<String, Integer> found = new TreeMap<>();
      counts.forEach((topic, count) -> found.put(topic.topicName(), count));
      problems.add("topics with different numbers of partitions: " + found);
    }
    return different.isEmpty() ? ifNone : different.iterator().next();
  }

  private void create(Topic topic, int partitions) {
    NewTopic wanted =
        new NewTopic(topic.topicName(), topic.partitions(partitions), (short) replicationFactor)
            .configs(topic.settings(replicationFactor));
    try {
      await(admin.createTopics(List.of(wanted)).all());
      created.add(topic);
    } catch (TopicExistsException e) {
      // Another program was faster, and does the same.
    }
  }

  /**
   * A created topic is known to the broker that serves clients a moment later; whoever reads it at
   * once would be told that it is not there.
   */
  private void awaitCreated() {
    long deadline = System.nanoTime() + VISIBLE_WITHIN.toNanos();
    while (!created.isEmpty() && !describe().keySet().containsAll(created)) {
      if (System.nanoTime() - deadline > 0) {
        throw new TimeoutException(
            "created topics are not there after " + VISIBLE_WITHIN.toSeconds() + " s: " + created);
      }
    }
  }

  private void checkSettings(Collection<Topic> existing) {
    Map<ConfigResource, Topic> resources = new HashMap<>();
    for (Topic topic : existing) {
      resources.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName()), topic);
    }
    admin
        .describeConfigs(resources.keySet())
        .values()
        .forEach((resource, found) -> {
          Topic topic = resources.get(resource);
          if (topic != null) {
            checkSettings(topic, found);
          }
        });
    problems.sort(null);
  }

  private void checkSettings(Topic topic, KafkaFuture<Config> asked) {
    try {
      checkSettings(topic, await(asked));
    } catch (TopicAuthorizationException e) {
      // Who may create topics may see their settings, and checks them.
    }
  }

  private void checkSettings(Topic topic, Config found) {
    topic
        .settings()
        .forEach((name, wanted) -> {
          ConfigEntry entry = found.get(name);
          if (entry != null && !wanted.equals(entry.value())) {
            problems.add(
                topic.topicName() + " has " + name + "=" + entry.value() + ", not " + wanted);
          }
        });
  }

  private static List<String> names(Collection<Topic> topics) {
    return topics.stream().map(Topic::topicName).toList();
  }

  private static <T> T await(KafkaFuture<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
