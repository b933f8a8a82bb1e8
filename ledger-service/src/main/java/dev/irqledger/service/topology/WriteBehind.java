package dev.irqledger.service.topology;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * Lets a task's processors keep in memory what they changed, and write it to their stores once
 * before each commit instead of with every event. Confined to one task.
 *
 * <p>Kafka Streams tells nobody of a commit beforehand but its own caches, through {@link
 * CachedStateStore}: it flushes them before it sends the offsets, so that what they write to the
 * changelogs is in the same transaction ({@code StreamTask.prepareCommit}). So this is a cache to
 * Streams: a store without content, that is told to flush. That interface is none that Streams
 * promises to keep: {@code WriteBehindTest} holds each version to it. The stores that are written
 * this way are not cached by Streams, since nothing says in which order it flushes caches.
 */
public final class WriteBehind implements StateStore, CachedStateStore<Void, Void> {
  private final String name;
  private final Map<String, Runnable> writers = new LinkedHashMap<>();
  private boolean open;

  private WriteBehind(String name) {
    this.name = name;
  }

  /**
   * Something to be written before each commit. It takes the place of what had the same name: a
   * task that is revived begins anew.
   *
   * @param what names it within the task
   * @param writer writes all that is not written yet
   */
  void add(String what, Runnable writer) {
    writers.put(what, writer);
  }

  /** Writes all that is not written yet: called also by who is about to read a store. */
  void write() {
    writers.values().forEach(Runnable::run);
  }

  @Override
  public void flushCache() {
    write();
  }

  /**
   * The task becomes a standby, after all was written: from now on others update the stores. Should
   * it become active again, processors begin anew.
   */
  @Override
  public void clearCache() {
    writers.clear();
  }

  @Override
  public boolean setFlushListener(CacheFlushListener<Void, Void> listener, boolean sendsOldValues) {
    return false; // nothing is forwarded
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    open = true;
    context.register(
        root,
        (_, _) -> {
          throw new IllegalStateException(name + " has no changelog");
        });
  }

  @Override
  public void close() {
    open = false;
    writers.clear();
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  /** How a topology asks for one. */
  static Builder builder(String name) {
    return new Builder(name);
  }

  /**
   * Makes one for each task.
   *
   * @param name of the store
   */
  public record Builder(String name) implements StoreBuilder<WriteBehind> {
    @Override
    public WriteBehind build() {
      return new WriteBehind(name);
    }

    @Override
    public StoreBuilder<WriteBehind> withCachingEnabled() {
      return this; // what others would cache, it has not
    }

    @Override
    public StoreBuilder<WriteBehind> withCachingDisabled() {
      return this;
    }

    @Override
    public StoreBuilder<WriteBehind> withLoggingEnabled(Map<String, String> config) {
      throw new UnsupportedOperationException(name + " has no content for a changelog");
    }

    @Override
    public StoreBuilder<WriteBehind> withLoggingDisabled() {
      return this;
    }

    @Override
    public Map<String, String> logConfig() {
      return Map.of();
    }

    @Override
    public boolean loggingEnabled() {
      return false;
    }
  }
}
