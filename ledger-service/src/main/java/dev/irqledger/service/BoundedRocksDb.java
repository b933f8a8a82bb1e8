package dev.irqledger.service;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One cache and one budget of write buffers for all stores of the JVM: blocks, indexes, filters and
 * what is not written yet share them, whatever the number of partitions. Sized by the first store
 * that is opened; never closed, since stores of other instances in the JVM may use them. Streams
 * makes it by its class's name.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
  /** The setting that says how many bytes all stores may take. */
  static final String MEMORY_BYTES = "irq.ledger.store.memory.bytes";

  private static final Object LOCK = new Object();
  private static @Nullable Cache cache;
  private static @Nullable WriteBufferManager writeBuffers;

  @Override
  public void setConfig(String store, Options options, Map<String, Object> settings) {
    long bytes = Long.parseLong(String.valueOf(settings.get(MEMORY_BYTES)));
    BlockBasedTableConfig tables = (BlockBasedTableConfig) options.tableFormatConfig();
    tables.setBlockCache(sharedCache(bytes));
    // Else they are held in memory beside the cache, without a bound.
    tables.setCacheIndexAndFilterBlocks(true);
    tables.setCacheIndexAndFilterBlocksWithHighPriority(true);
    tables.setPinTopLevelIndexAndFilter(true);
    options.setTableFormatConfig(tables);
    options.setWriteBufferManager(sharedWriteBuffers(bytes));
    // Many small stores: each may fill two small buffers before it must wait for the disk.
    options.setWriteBufferSize(4L << 20);
    options.setMaxWriteBufferNumber(2);
  }

  @Override
  public void close(String store, Options options) {
    // Cache and write buffers are shared; the rest belongs to Streams.
  }

  private static Cache sharedCache(long bytes) {
    synchronized (LOCK) {
      if (cache == null) {
        RocksDB.loadLibrary();
        // A tenth is kept free for indexes and filters, so that no scan drives them out.
        cache = new LRUCache(bytes, -1, false, 0.1);
      }
      return cache;
    }
  }

  /** Buffers are charged to the cache: there is one bound in all. */
  private static WriteBufferManager sharedWriteBuffers(long bytes) {
    synchronized (LOCK) {
      if (writeBuffers == null) {
        writeBuffers = new WriteBufferManager(bytes / 2, sharedCache(bytes));
      }
      return writeBuffers;
    }
  }
}
