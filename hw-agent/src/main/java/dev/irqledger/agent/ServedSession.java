package dev.irqledger.agent;

import dev.irqledger.agent.journal.JournalException;
import dev.irqledger.agent.ledger.Recorded;
import dev.irqledger.agent.ledger.Watcher;
import dev.irqledger.agent.publish.PublishException;
import dev.irqledger.agent.reconcile.Reconciled;
import dev.irqledger.agent.socket.AgentSocket;
import dev.irqledger.agent.socket.Reply;
import dev.irqledger.agent.socket.Request;
import dev.irqledger.agent.sysfs.HostSetupException;
import dev.irqledger.agent.vfio.VfioException;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.recordings.Op;
import dev.irqledger.recordings.OpScript;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one client of the agent's socket asks of it, and what the client holds through it. */
final class ServedSession implements AgentSocket.Session {
  private final HostAgent host;
  private final Consumer<Reply> replies;
  private @Nullable Watcher watcher;

  /** What it opened, with the event of that; others may have closed it, and opened it again. */
  private final Map<Bdf, UUID> opened = new TreeMap<>();

  private final Set<Bdf> bound = new TreeSet<>();

  ServedSession(HostAgent host, Consumer<Reply> replies) {
    this.host = host;
    this.replies = replies;
  }

  @Override
  public void handle(Request request) {
    replies.accept(answer(request));
  }

  /** What the client holds is given back, as the end of a process gives it back. */
  @Override
  public void close() {
    if (watcher != null) {
      host.ledger().unlisten(watcher);
      watcher.close();
    }
    opened.forEach(host.agent()::release);
    bound.forEach(host.bindings()::putBack);
  }

  private Reply answer(Request request) {
    try {
      return switch (request) {
        case Request.Perform(String device, String op) ->
            perform(new Bdf(device), OpScript.parse(op));
        case Request.Bind(String device, boolean force) -> bind(new Bdf(device), force);
        case Request.Reconcile(String device) -> reconcile(device == null ? null : new Bdf(device));
        case Request.Status() -> new Reply.Status(host.status());
        case Request.Watch() -> watch();
      };
    } catch (IllegalArgumentException e) {
      return new Reply.Failed(Reply.Kind.REQUEST, String.valueOf(e.getMessage()));
    } catch (HostSetupException | VfioException e) {
      return new Reply.Failed(Reply.Kind.DEVICE, String.valueOf(e.getMessage()));
    } catch (JournalException e) {
      return new Reply.Failed(Reply.Kind.JOURNAL, String.valueOf(e.getMessage()));
    } catch (PublishException e) {
      return new Reply.Failed(Reply.Kind.LOG, String.valueOf(e.getMessage()));
    }
  }

  private Reply perform(Bdf device, Op op) {
    if (!host.agent().actsOn(device)) {
      return new Reply.Failed(Reply.Kind.DEVICE, host.whyNot(device));
    }
    Recorded recorded = host.agent().perform(device, op);
    if (recorded.event().body() instanceof DeviceOpened) {
      opened.put(device, recorded.event().id());
    }
    return host.reply(op, recorded);
  }

  private Reply bind(Bdf device, boolean force) {
    if (host.bindings().bind(device, force)) {
      bound.add(device);
    }
    return new Reply.Done(null);
  }

  private Reply reconcile(@Nullable Bdf device) {
    Reconciled found = host.reconcile(device);
    found.lines().forEach(line -> replies.accept(new Reply.Line(line)));
    return found.notCompared() == 0
        ? new Reply.Done(found.differences())
        : new Reply.Failed(Reply.Kind.DEVICE, found.told());
  }

  private Reply watch() {
    if (watcher == null) {
      watcher = new Watcher(line -> replies.accept(new Reply.Line(line)));
      host.ledger().listen(watcher);
    }
    return new Reply.Done(null);
  }
}
