package dev.irqledger.agent.publish;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.Actor;
import java.time.InstantSource;

/**
 * An agent's one life on its host.
 *
 * @param host the host's name
 * @param bootId the host's boot; empty where not known
 * @param epoch greater than that of every life before on the host, from 1
 * @param actor the agent's process
 */
public record Incarnation(String host, String bootId, long epoch, Actor actor) {
  /**
   * @throws IllegalArgumentException if the epoch is less than 1
   */
  public Incarnation {
    if (epoch < 1) {
      throw new IllegalArgumentException("an epoch is 1 or more, not " + epoch);
    }
  }

  /**
   * A life of this process that begins now. Its epoch is the time in milliseconds since 1970: it
   * grows as long as the host's clock is not set back between two lives.
   */
  public static Incarnation now(String host, String bootId, InstantSource clock) {
    return of(host, bootId, clock.millis());
  }

  /** A life of this process, with that epoch. */
  public static Incarnation of(String host, String bootId, long epoch) {
    int pid = Math.toIntExact(ProcessHandle.current().pid());
    return new Incarnation(host, bootId, epoch, Actor.process(pid, "irq-ledger"));
  }

  /** The name in the log of a device of this host. */
  public DeviceKey key(Bdf device) {
    return new DeviceKey(host, device);
  }
}
