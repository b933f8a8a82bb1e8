package dev.irqledger.replay;

import dev.irqledger.wire.EventCodec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Folds partitions side by side where the source can be read by several threads: each reads a
 * partition, decodes and folds it, so that no record goes from one thread to another.
 */
final class PartitionFolds {
  private final LogSource source;
  private final Function<EventCodec, DeviceFold> newFold;
  private final Begin begin;
  private final Queue<Part> waiting = new ConcurrentLinkedQueue<>();
  private volatile boolean failed;

  /** Records of one partition, both included. */
  private record Part(int partition, long first, long last) {
    long records() {
      return last - first + 1;
    }
  }

  /** Prepares a partition's fold, such as by the states of a checkpoint. */
  @FunctionalInterface
  interface Begin {
    void prepare(int partition, DeviceFold fold);
  }

  /**
   * @param newFold makes a fold, of one partition
   * @param begin is asked by one thread at a time
   */
  PartitionFolds(LogSource source, Function<EventCodec, DeviceFold> newFold, Begin begin) {
    this.source = source;
    this.newFold = newFold;
    this.begin = begin;
  }

  /**
   * Folds them all.
   *
   * @param codec what each thread has one like
   * @return the folds, in the order of their partitions
   */
  List<DeviceFold> fold(
      SortedMap<Integer, Long> from, SortedMap<Integer, Long> last, EventCodec codec, int threads) {
    last.entrySet().stream()
        .map(to -> new Part(to.getKey(), from.getOrDefault(to.getKey(), 0L), to.getValue()))
        .sorted(Comparator.comparingLong(Part::records).reversed()) // the small ones fill the gaps
        .forEach(waiting::add);
    List<Callable<SortedMap<Integer, DeviceFold>>> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      EventCodec own = codec.another();
      workers.add(() -> work(own));
    }
    SortedMap<Integer, DeviceFold> folds = new TreeMap<>();
    try (ExecutorService pool =
        Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name(Lanes.THREAD).factory())) {
      for (Future<SortedMap<Integer, DeviceFold>> done : pool.invokeAll(workers)) {
        folds.putAll(done.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException("interrupted", e);
    } catch (ExecutionException e) {
      throw Lanes.asThrown(e);
    }
    return List.copyOf(folds.values());
  }

  private SortedMap<Integer, DeviceFold> work(EventCodec codec) {
    SortedMap<Integer, DeviceFold> folds = new TreeMap<>();
    try {
      for (Part part = waiting.poll(); part != null; part = waiting.poll()) {
        folds.put(part.partition, fold(part, newFold.apply(codec)));
      }
      return folds;
    } catch (RuntimeException | Error e) {
      failed = true;
      throw e;
    }
  }

  private DeviceFold fold(Part part, DeviceFold fold) {
    synchronized (this) {
      begin.prepare(part.partition, fold);
    }
    SortedMap<Integer, Long> first = new TreeMap<>();
    first.put(part.partition, part.first);
    SortedMap<Integer, Long> last = new TreeMap<>();
    last.put(part.partition, part.last);
    source.read(first, last, record -> !stopped() && fold.accept(record));
    return fold;
  }

  /** Whether nobody wants the result any more. */
  private boolean stopped() {
    return failed || Thread.currentThread().isInterrupted();
  }
}
