package dev.irqledger.replay;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.wire.EventCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Folds partitions side by side. A partition belongs to one lane and a lane to one thread, so that
 * each device's events are folded in their order; whoever reads the log is a further thread.
 */
final class Lanes implements LogSource.Sink, AutoCloseable {
  /** So few records that a lane is seldom idle, so many that handing them over costs little. */
  private static final int BATCH = 256;

  /** How many batches may wait: what bounds the records in memory. */
  private static final int MOST_WAITING = 16;

  /** What the threads are called. */
  static final String THREAD = "irq-ledger-fold";

  private static final long LOOK_AFTER_LANE_MS = 100;

  private final List<Lane> lanes = new ArrayList<>();

  /** One thread's folds. */
  private static final class Lane {
    private final DeviceFold fold;
    private final BlockingQueue<List<LogRecord>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final FutureTask<DeviceFold> work = new FutureTask<>(this::work);
    private final Thread thread = new Thread(work, THREAD);
    private List<LogRecord> batch = new ArrayList<>(BATCH);

    Lane(EventCodec codec, Predicate<DeviceKey> wanted) {
      fold = new DeviceFold(codec, wanted, Replayer.Observer.none());
      thread.setDaemon(true);
    }

    private DeviceFold work() throws InterruptedException {
      while (true) {
        List<LogRecord> records = waiting.take();
        if (records.isEmpty()) {
          return fold;
        }
        records.forEach(fold::accept);
      }
    }

    void add(LogRecord record) throws InterruptedException, ExecutionException {
      batch.add(record);
      if (batch.size() == BATCH) {
        handOver();
      }
    }

    private void handOver() throws InterruptedException, ExecutionException {
      while (!waiting.offer(batch, LOOK_AFTER_LANE_MS, TimeUnit.MILLISECONDS)) {
        if (work.isDone()) {
          work.get(); // it ends early only by failing
        }
      }
      batch = new ArrayList<>(BATCH);
    }

    /** Hands over what is left, and after it the sign that nothing follows. */
    void end() throws InterruptedException, ExecutionException {
      if (!batch.isEmpty()) {
        handOver();
      }
      handOver();
    }

    DeviceFold ended() throws InterruptedException, ExecutionException {
      return work.get();
    }
  }

  /**
   * @param codec what each lane has one like
   * @param threads how many lanes
   */
  Lanes(EventCodec codec, Predicate<DeviceKey> wanted, int threads) {
    for (int i = 0; i < threads; i++) {
      lanes.add(new Lane(codec.another(), wanted));
    }
  }

  private Lane lane(int partition) {
    return lanes.get(partition % lanes.size());
  }

  /** The fold that a partition's states and records go to; not to be touched after the start. */
  DeviceFold fold(int partition) {
    return lane(partition).fold;
  }

  void start() {
    lanes.forEach(lane -> lane.thread.start());
  }

  @Override
  public boolean accept(LogRecord record) {
    waiting(() -> lane(record.partition()).add(record));
    return true;
  }

  /** Waits until all is folded, and gives the folds. */
  List<DeviceFold> folds() {
    List<DeviceFold> folds = new ArrayList<>();
    waiting(() -> {
      for (Lane lane : lanes) {
        lane.end();
      }
      for (Lane lane : lanes) {
        folds.add(lane.ended());
      }
    });
    return folds;
  }

  @FunctionalInterface
  private interface Waiting {
    void run() throws InterruptedException, ExecutionException;
  }

  /** What fails in a lane fails here, as it would have without lanes. */
  private static void waiting(Waiting work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException("interrupted", e);
    } catch (ExecutionException e) {
      throw asThrown(e);
    }
  }

  /** What failed in another thread, as if it had failed in this one. */
  static RuntimeException asThrown(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException unchecked -> unchecked;
      case Error error -> throw error;
      case null, default -> new CompletionException(e);
    };
  }

  /** Ends the lanes, also those that are not done, and waits for that. */
  @Override
  public void close() {
    lanes.forEach(lane -> lane.work.cancel(true));
    waiting(() -> {
      for (Lane lane : lanes) {
        lane.thread.join();
      }
    });
  }
}
