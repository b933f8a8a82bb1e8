package dev.irqledger.cli.archive;

import dev.irqledger.cli.Cluster;
import dev.irqledger.cli.LogOptions;
import dev.irqledger.cli.Progress;
import dev.irqledger.replay.BrokerFailures;
import dev.irqledger.replay.LogSource;
import dev.irqledger.replay.ReplayException;
import dev.irqledger.replay.ReplayException.Kind;
import dev.irqledger.replay.archive.ArchiveLogSource;
import dev.irqledger.replay.restore.Restore;
import dev.irqledger.wire.topic.Topic;
import dev.irqledger.wire.topic.Topics;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** A restore of an archive into Kafka, and the line that tells of it. */
record RestoreRun(Cluster cluster, LogOptions log, Path directory, int replicationFactor) {
  void run(PrintWriter out, PrintWriter err) {
    try (ArchiveLogSource archive = ArchiveLogSource.open(directory);
        Admin admin = cluster.admin()) {
      requireTopicsArchive(archive);
      ensureTopics(archive, admin);
      cluster.publish(archive.keptSchemas());
      restoreKeys(archive);
      try (LogSource target = log.open();
          Producer<byte[], byte[]> producer = cluster.plainProducer()) {
        Progress progress = new Progress("records restored", err);
        Restore.Restored restored = new Restore(archive, target, admin, producer).run(progress::at);
        out.println(
            directory
                + ": "
                + restored.written()
                + " records restored, "
                + restored.there()
                + " were there; bytes, offsets and log times are the archive's");
      }
    } catch (KafkaException e) {
      throw BrokerFailures.of(cluster.bootstrapServers(), e);
    }
  }

  /** Without them, nothing would have to be signed any more. Keys that are there are newer. */
  private void restoreKeys(ArchiveLogSource archive) {
    SortedMap<String, byte[]> missing = new TreeMap<>(archive.lookups().enrolments().records());
    missing.keySet().removeAll(cluster.lookups().enrolments().records().keySet());
    try (Producer<String, byte[]> producer = cluster.producer()) {
      List<Future<?>> sent = new ArrayList<>();
      missing.forEach((host, value) ->
          sent.add(producer.send(new ProducerRecord<>(Topic.KEYS.topicName(), host, value))));
      for (Future<?> one : sent) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void requireTopicsArchive(ArchiveLogSource archive) {
    if (!archive.manifest().topic().equals(Topic.EVENTS.topicName())) {
      throw new ReplayException(
          Kind.WRONG_USE,
          directory
              + " holds imported recordings, no copy of a topic: 'replay import' brings those");
    }
  }

  private void ensureTopics(ArchiveLogSource archive, Admin admin) {
    int partitions = archive.ranges().size();
    Topics.Ensured ensured = Topics.ensure(admin, partitions, replicationFactor);
    if (!ensured.consistent() || ensured.partitions() != partitions) {
      throw new ReplayException(
          Kind.NO_TOPIC,
          "the topics at "
              + cluster.bootstrapServers()
              + " have "
              + ensured.partitions()
              + " partitions and the archive "
              + partitions
              + ": a host's events are in the partition that they were in; make the topics anew");
    }
  }
}
