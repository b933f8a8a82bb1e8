package dev.irqledger.simulation.service;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** A topology that remembers what it is told, so that somebody else than Streams can run it. */
public final class RecordedTopology extends Topology {
  final Map<String, String> sourceOfTopic = new LinkedHashMap<>();
  final Map<String, ProcessorSupplier<?, ?, ?, ?>> processors = new LinkedHashMap<>();
  final Map<String, String> topicOfSink = new LinkedHashMap<>();
  final Map<String, List<String>> children = new LinkedHashMap<>();
  final Map<String, Set<String>> storesOf = new LinkedHashMap<>();

  final Map<String, StoreBuilder<?>> stores = new LinkedHashMap<>();

  @Override
  public synchronized <K, V> Topology addSource(
      org.apache.kafka.streams.AutoOffsetReset reset, // not the one that Topology had before
      String name,
      TimestampExtractor timestamps,
      Deserializer<K> keys,
      Deserializer<V> values,
      String... topics) {
    for (String topic : topics) {
      sourceOfTopic.put(topic, name);
    }
    return super.addSource(reset, name, timestamps, keys, values, topics);
  }

  @Override
  public synchronized <A, B, C, D> Topology addProcessor(
      String name, ProcessorSupplier<A, B, C, D> supplier, String... parents) {
    processors.put(name, supplier);
    connect(name, parents);
    return super.addProcessor(name, supplier, parents);
  }

  @Override
  public synchronized <S extends StateStore> Topology addStateStore(
      StoreBuilder<S> store, String... users) {
    stores.put(store.name(), store);
    for (String user : users) {
      uses(user, store.name());
    }
    return super.addStateStore(store, users);
  }

  @Override
  public synchronized Topology connectProcessorAndStateStores(String user, String... names) {
    for (String name : names) {
      uses(user, name);
    }
    return super.connectProcessorAndStateStores(user, names);
  }

  @Override
  public synchronized <K, V> Topology addSink(
      String name,
      String topic,
      Serializer<K> keys,
      Serializer<V> values,
      StreamPartitioner<? super K, ? super V> partitioner,
      String... parents) {
    topicOfSink.put(name, topic);
    connect(name, parents);
    return super.addSink(name, topic, keys, values, partitioner, parents);
  }

  private void connect(String child, String... parents) {
    for (String parent : parents) {
      children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(child);
    }
  }

  private void uses(String processor, String store) {
    storesOf.computeIfAbsent(processor, _ -> new HashSet<>()).add(store);
  }
}
