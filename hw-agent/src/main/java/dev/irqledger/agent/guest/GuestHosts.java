package dev.irqledger.agent.guest;

import dev.irqledger.agent.journal.JournalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Modelled hosts that live together in one process. */
public final class GuestHosts implements AutoCloseable {
  private final List<GuestHost> hosts = new ArrayList<>();

  /** Makes the next host. */
  @FunctionalInterface
  public interface Start<E extends Exception> {
    GuestHost start() throws E;
  }

  /** Adds a host, which is closed with this. */
  public <E extends Exception> GuestHost add(Start<E> start) throws E {
    GuestHost host = start.start();
    hosts.add(host);
    return host;
  }

  /** Those that were added. */
  public List<GuestHost> all() {
    return List.copyOf(hosts);
  }

  /**
   * Lets all guests make their calls until they are told to stop, or one host cannot go on.
   *
   * @param mean how long it is from one call to the next on each host, on average
   * @throws JournalException if the journal of a host takes nothing further; the others have
   *     stopped
   */
  public void run(Duration mean) throws InterruptedException {
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("guests-", 0).factory())) {
      var running = new ExecutorCompletionService<Void>(threads);
      hosts.forEach(host ->
          running.submit(() -> {
            host.run(mean);
            return null;
          }));
      try {
        for (int i = 0; i < hosts.size(); i++) {
          running.take().get();
        }
      } catch (ExecutionException e) {
        throw failure(e);
      } finally {
        stop();
      }
    }
  }

  private static RuntimeException failure(ExecutionException e) {
    return e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e);
  }

  /** Lets {@link #run} return. */
  public void stop() {
    hosts.forEach(GuestHost::stop);
  }

  /** How many calls all guests have made. */
  public long operations() {
    return hosts.stream().mapToLong(GuestHost::operations).sum();
  }

  @Override
  public void close() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      hosts.forEach(host -> threads.execute(host::close));
    }
  }
}
