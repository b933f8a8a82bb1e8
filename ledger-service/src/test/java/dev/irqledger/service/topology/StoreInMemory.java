package dev.irqledger.service.topology;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A store that counts what is written, and lets something happen before it is scanned. */
final class StoreInMemory implements KeyValueStore<String, byte[]> {
  private final String name;
  private final NavigableMap<String, byte[]> pairs = new TreeMap<>();
  private final List<KeyValue<String, byte[]>> writes = new ArrayList<>();
  private @Nullable Runnable beforeScan;

  StoreInMemory(String name) {
    this.name = name;
  }

  void clear() {
    pairs.clear();
    writes.clear();
  }

  void forgetWrites() {
    writes.clear();
  }

  List<KeyValue<String, byte[]>> writes() {
    return writes;
  }

  List<KeyValue<String, byte[]>> pairs() {
    return pairs.entrySet().stream().map(pair -> of(pair)).toList();
  }

  int size() {
    return pairs.size();
  }

  /** Happens once, when the store is scanned next. */
  void beforeScan(Runnable event) {
    beforeScan = event;
  }

  private static KeyValue<String, byte[]> of(Map.Entry<String, byte[]> pair) {
    return KeyValue.pair(pair.getKey(), pair.getValue());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void put(String key, byte[] value) {
    pairs.put(key, value);
    writes.add(KeyValue.pair(key, value));
  }

  @Override
  public byte[] putIfAbsent(String key, byte[] value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void putAll(List<KeyValue<String, byte[]>> entries) {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte @Nullable [] delete(String key) {
    return pairs.remove(key);
  }

  @Override
  public byte @Nullable [] get(String key) {
    return pairs.get(key);
  }

  @Override
  public KeyValueIterator<String, byte[]> range(String from, String to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <PS extends Serializer<P>, P> KeyValueIterator<String, byte[]> prefixScan(
      P prefix, PS serializer) {
    Runnable event = beforeScan;
    beforeScan = null;
    if (event != null) {
      event.run();
    }
    String text = new String(serializer.serialize("", prefix), StandardCharsets.UTF_8);
    return iterate(pairs().stream().filter(pair -> pair.key.startsWith(text)).toList());
  }

  @Override
  public KeyValueIterator<String, byte[]> all() {
    return iterate(pairs());
  }

  private static KeyValueIterator<String, byte[]> iterate(List<KeyValue<String, byte[]>> list) {
    Iterator<KeyValue<String, byte[]>> each = list.iterator();
    return new KeyValueIterator<>() {
      @Override
      public boolean hasNext() {
        return each.hasNext();
      }

      @Override
      public KeyValue<String, byte[]> next() {
        return each.next();
      }

      @Override
      public String peekNextKey() {
        throw new UnsupportedOperationException();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public long approximateNumEntries() {
    return pairs.size();
  }
}
