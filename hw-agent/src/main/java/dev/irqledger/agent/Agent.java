package dev.irqledger.agent;

import dev.irqledger.agent.act.OpExecutor;
import dev.irqledger.agent.publish.EventPublisher;
import dev.irqledger.agent.publish.Incarnation;
import dev.irqledger.agent.vfio.Vfio;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.Source;
import dev.irqledger.recordings.Op;
import dev.irqledger.wire.SealedEvent;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Acts on a host's devices and publishes what came of it, so that the order of a device's events is
 * the order of its calls. Safe for use by many threads; one operation is carried out at a time.
 */
public final class Agent implements AutoCloseable {
  private final Incarnation self;
  private final EventPublisher publisher;
  private final Map<Bdf, OpExecutor> executors = new TreeMap<>();

  /**
   * @param vfio not closed with this
   * @param devices which devices it may act on
   * @param publisher not closed with this
   */
  public Agent(Vfio vfio, Collection<Bdf> devices, Incarnation self, EventPublisher publisher) {
    this.self = self;
    this.publisher = publisher;
    devices.forEach(device -> executors.put(device, new OpExecutor(vfio, device)));
  }

  public Incarnation self() {
    return self;
  }

  /** Which devices it may act on. */
  public Set<Bdf> devices() {
    return Set.copyOf(executors.keySet());
  }

  /**
   * Carries out an operation and publishes what happened.
   *
   * @throws IllegalArgumentException if it may not act on the device
   * @throws dev.irqledger.agent.publish.PublishException if the event cannot be brought to the log;
   *     the operation is done all the same
   */
  public synchronized SealedEvent perform(Bdf device, Op op) {
    return perform(device, op, self.actor());
  }

  /** As {@link #perform(Bdf, Op)}, for a request of that id. */
  public synchronized SealedEvent answer(UUID request, Bdf device, Op op) {
    return perform(device, op, self.actor().answering(request));
  }

  /** Publishes that a request is not carried out. The device is not touched, nor need it exist. */
  public SealedEvent refuse(UUID request, Bdf device, String reason) {
    return publisher.publish(
        device, Source.AGENT_CALL, self.actor().answering(request), new CommandRefused(reason));
  }

  /** How often each eventfd of a device was signalled since this was last asked. */
  public synchronized Map<Integer, Long> signalled(Bdf device) {
    return executor(device).signalled();
  }

  /** Closes every device that is open, and publishes it, as the end of the process would do. */
  public synchronized void releaseAll() {
    executors.forEach((device, executor) -> {
      if (executor.isOpen()) {
        perform(device, new Op.Close(), self.actor());
      }
    });
  }

  /** Closes every device that is open, without an event. */
  @Override
  public synchronized void close() {
    executors.values().forEach(OpExecutor::close);
  }

  private SealedEvent perform(Bdf device, Op op, Actor actor) {
    return publisher.publish(device, Source.AGENT_CALL, actor, executor(device).execute(op));
  }

  private OpExecutor executor(Bdf device) {
    OpExecutor executor = executors.get(device);
    if (executor == null) {
      throw new IllegalArgumentException("not a device of this agent: " + device);
    }
    return executor;
  }
}
