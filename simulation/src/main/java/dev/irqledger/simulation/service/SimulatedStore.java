package dev.irqledger.simulation.service;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A task's store in memory, as its changelog restored it. Iterators see it as it was. */
final class SimulatedStore implements KeyValueStore<String, byte[]> {
  private final String name;
  private final NavigableMap<String, byte[]> content;

  /**
   * @param restored what the changelog holds; not changed with this
   */
  SimulatedStore(String name, Map<String, byte[]> restored) {
    this.name = name;
    this.content = new TreeMap<>(restored);
  }

  /** What a commit puts into the changelog. */
  Map<String, byte[]> content() {
    return new TreeMap<>(content);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {}

  @Override
  public void close() {}

  @Override
  public boolean persistent() {
    return true;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void put(String key, byte @Nullable [] value) {
    if (value == null) {
      content.remove(key);
    } else {
      content.put(key, value);
    }
  }

  @Override
  public byte @Nullable [] putIfAbsent(String key, byte[] value) {
    return content.putIfAbsent(key, value);
  }

  @Override
  public void putAll(List<KeyValue<String, byte[]>> entries) {
    entries.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public byte @Nullable [] delete(String key) {
    return content.remove(key);
  }

  @Override
  public byte @Nullable [] get(String key) {
    return content.get(key);
  }

  @Override
  public KeyValueIterator<String, byte[]> range(String from, String to) {
    return iterator(content.subMap(from, true, to, true));
  }

  @Override
  public KeyValueIterator<String, byte[]> all() {
    return iterator(content);
  }

  @Override
  public <S extends Serializer<P>, P> KeyValueIterator<String, byte[]> prefixScan(
      P prefix, S serializer) {
    String text = new String(serializer.serialize(name, prefix), StandardCharsets.UTF_8);
    return iterator(content.subMap(text, true, text + Character.MAX_VALUE, false));
  }

  @Override
  public long approximateNumEntries() {
    return content.size();
  }

  private static KeyValueIterator<String, byte[]> iterator(Map<String, byte[]> of) {
    List<KeyValue<String, byte[]>> entries = new ArrayList<>(of.size());
    of.forEach((key, value) -> entries.add(KeyValue.pair(key, value)));
    return new Entries(entries);
  }

  private static final class Entries implements KeyValueIterator<String, byte[]> {
    private final List<KeyValue<String, byte[]>> entries;
    private int next;

    Entries(List<KeyValue<String, byte[]>> entries) {
      this.entries = entries;
    }

    @Override
    public boolean hasNext() {
      return next < entries.size();
    }

    @Override
    public KeyValue<String, byte[]> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return entries.get(next++);
    }

    @Override
    public String peekNextKey() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return entries.get(next).key;
    }

    @Override
    public void close() {}
  }
}
