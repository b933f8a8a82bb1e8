package dev.irqledger.agent.budget;

import dev.irqledger.agent.journal.Entry;
import dev.irqledger.agent.journal.Journal;
import dev.irqledger.agent.journal.JournalException;
import dev.irqledger.core.policy.Policies;
import dev.irqledger.core.policy.Policy;
import dev.irqledger.wire.topic.PolicyFollower;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy that holds for one host. What was read last is kept in the journal, so that it holds
 * also for an agent that starts while no broker answers. Safe for use by many threads.
 */
public final class HostPolicy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostPolicy.class);

  private final String host;
  private final Journal journal;
  private final Policies kept;
  private volatile @Nullable PolicyFollower follower;

  /** Makes a follower; nothing is connected before. */
  @FunctionalInterface
  public interface Connection {
    /**
     * @param wanted the keys to keep
     * @param known what holds until the topic was read
     * @param sink is told what was read
     */
    PolicyFollower connect(Predicate<String> wanted, Policies known, PolicyFollower.Sink sink);
  }

  /**
   * @param journal where the last known policy is, and is kept
   */
  public HostPolicy(String host, Journal journal) {
    this.host = host;
    this.journal = journal;
    Map<String, PolicyFollower.Written> written = new HashMap<>();
    for (String key : keys()) {
      PolicyFollower.Written policy = journal.policy(key);
      if (policy != null) {
        written.put(key, policy);
      }
    }
    this.kept = PolicyFollower.read(written);
  }

  /** What holds for the host now. */
  public Policy now() {
    PolicyFollower following = follower;
    return (following == null ? kept : following.policies()).of(host);
  }

  /**
   * Begins to read the topic, once, and waits until it was read to its end.
   *
   * @return false where it was not in that time; until then the last known policy holds
   */
  public synchronized boolean follow(Connection connection, Duration most)
      throws InterruptedException {
    PolicyFollower following = follower;
    if (following == null) {
      following = connection.connect(keys()::contains, kept, this::keep).start();
      follower = following;
    }
    return following.awaitRead(most);
  }

  @Override
  public void close() {
    PolicyFollower following = follower;
    if (following != null) {
      following.close();
    }
  }

  /** Two at the most: the host's own, and that of every host. */
  private List<String> keys() {
    return List.of(host, Policies.EVERY_HOST);
  }

  private void keep(Map<String, PolicyFollower.Written> read) {
    try {
      for (String key : keys()) {
        PolicyFollower.Written policy = read.get(key);
        PolicyFollower.Written before = journal.policy(key);
        String revision = before == null ? "" : before.revision();
        if (!revision.equals(policy == null ? "" : policy.revision())) {
          journal.write(new Entry.PolicyRead(key, policy));
        }
      }
    } catch (JournalException e) {
      // it holds all the same; an agent that starts without a broker would have the one before
      LOG.warn("the policy is not kept: {}", e.getMessage());
    }
  }
}
