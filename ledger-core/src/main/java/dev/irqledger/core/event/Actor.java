package dev.irqledger.core.event;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who made a call. Never a command line: it may hold secrets.
 *
 * @param vm the virtual machine's name, where it is known
 * @param vmId the virtual machine's UUID, where it is known
 * @param pid the process, 0 where it is not known
 * @param command the process's short name ({@code comm}), where it is known
 * @param commandId the request of {@code irq.commands} that this answers, where there is one
 */
public record Actor(
    @Nullable String vm,
    @Nullable UUID vmId,
    int pid,
    @Nullable String command,
    @Nullable UUID commandId) {
  public static final Actor UNKNOWN = new Actor(null, null, 0, null, null);

  /** A process of which no virtual machine is known. */
  public static Actor process(int pid, String command) {
    return new Actor(null, null, pid, command, null);
  }

  /** The same actor, answering that request. */
  public Actor answering(UUID request) {
    return new Actor(vm, vmId, pid, command, request);
  }
}
