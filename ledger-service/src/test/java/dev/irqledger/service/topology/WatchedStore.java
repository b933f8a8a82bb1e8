package dev.irqledger.service.topology;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** Streams' own store in memory, with a note of what is put into it and a hook before a scan. */
final class WatchedStore {
  private final KeyValueStore<String, byte[]> inMemory =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("kept"), Serdes.String(), Serdes.ByteArray())
          .withLoggingDisabled()
          .build();

  @SuppressWarnings("unchecked") // a proxy's class has no type parameters
  private final KeyValueStore<String, byte[]> watched =
      (KeyValueStore<String, byte[]>)
          Proxy.newProxyInstance(
              WatchedStore.class.getClassLoader(),
              new Class<?>[] {KeyValueStore.class},
              (_, method, arguments) -> call(method, arguments));

  private final List<KeyValue<String, byte[]>> puts = new ArrayList<>();
  private @Nullable Runnable beforeScan;

  WatchedStore() {
    inMemory.init(new MockProcessorContext<>().getStateStoreContext(), inMemory);
  }

  private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
    switch (method.getName()) {
      case "put" -> puts.add(KeyValue.pair((String) arguments[0], (byte[]) arguments[1]));
      case "prefixScan" -> scanBegins();
      default -> {} // of no interest
    }
    try {
      return method.invoke(inMemory, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private void scanBegins() {
    Runnable event = beforeScan;
    beforeScan = null;
    if (event != null) {
      event.run();
    }
  }

  KeyValueStore<String, byte[]> store() {
    return watched;
  }

  void forgetPuts() {
    puts.clear();
  }

  List<KeyValue<String, byte[]>> puts() {
    return puts;
  }

  List<String> keys() {
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = inMemory.all()) {
      all.forEachRemaining(pair -> keys.add(pair.key));
    }
    return keys;
  }

  /** Happens once, when the store is scanned next. */
  void beforeScan(Runnable event) {
    beforeScan = event;
  }
}
