package dev.irqledger.agent.publish;

import dev.irqledger.agent.journal.Entry;
import dev.irqledger.agent.journal.Journal;
import dev.irqledger.agent.journal.Undelivered;
import dev.irqledger.agent.publish.PublishException.Kind;
import dev.irqledger.wire.signature.EventSigner;
import dev.irqledger.wire.topic.EventRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The log that one host's journal is drained into. It stays the same cluster's. */
public final class HostLog implements Drainer.Log {
  private final Cluster cluster;
  private final int partitionsIfNew;
  private final Journal journal;
  private final EventSigner signer;
  private volatile @Nullable String clusterId;
  private volatile int partitions;

  /**
   * @param partitionsIfNew how many partitions the topics of a new cluster get
   * @param signer signs the host's events
   * @param clusterId whose log the journal's events went to so far; null where none is known
   */
  public HostLog(
      Cluster cluster,
      int partitionsIfNew,
      Journal journal,
      EventSigner signer,
      @Nullable String clusterId) {
    this.cluster = cluster;
    this.partitionsIfNew = partitionsIfNew;
    this.journal = journal;
    this.signer = signer;
    this.clusterId = clusterId;
  }

  public Cluster cluster() {
    return cluster;
  }

  /** How many partitions the topics have; 0 before the first connection. */
  public int partitions() {
    return partitions;
  }

  @Override
  public Producer<String, byte[]> connect() {
    partitions = cluster.ensureTopics(partitionsIfNew, this::check);
    return cluster.producer();
  }

  @Override
  public ProducerRecord<String, byte[]> record(Undelivered event) {
    return EventRecords.of(event.key(), event.value(), signer);
  }

  @Override
  public PublishException failure(String doing, Throwable cause) {
    return cluster.failure(doing, cause);
  }

  /** Events that follow on those of another cluster's log would leave a hole in both. */
  private void check(String found) {
    String known = clusterId;
    if (known == null) {
      journal.write(new Entry.LogOf(found));
      clusterId = found;
    } else if (!known.equals(found)) {
      throw new PublishException(
          Kind.TOPICS,
          "the journal's events go to the log of cluster "
              + known
              + ", and "
              + cluster.bootstrap()
              + " is cluster "
              + found
              + ": correct --bootstrap-server, or name another --state-dir for this cluster");
    }
  }
}
