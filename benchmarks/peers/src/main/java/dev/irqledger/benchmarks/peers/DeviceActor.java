package dev.irqledger.benchmarks.peers;

import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.state.DeviceState;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;
import org.apache.pekko.persistence.AbstractPersistentActor;
import org.apache.pekko.persistence.RecoveryCompleted;
import org.jspecify.annotations.Nullable;

/** A device as an event-sourced actor: its events are its journal, its state their fold. */
final class DeviceActor extends AbstractPersistentActor {
  private final String id;
  private final Consumer<Tally> recovered;
  private @Nullable DeviceState state;
  private Tally tally = Tally.NONE;

  private DeviceActor(String id, Consumer<Tally> recovered) {
    this.id = id;
    this.recovered = recovered;
  }

  /** Events to be persisted together. */
  record Batch(List<byte[]> events) {}

  /** All of a batch are in the journal. */
  record Persisted() {}

  static Props props(String id, Consumer<Tally> recovered) {
    return Props.create(DeviceActor.class, () -> new DeviceActor(id, recovered));
  }

  @Override
  public String persistenceId() {
    return id;
  }

  @Override
  public Receive createReceiveRecover() {
    return receiveBuilder()
        .match(byte[].class, this::fold)
        .match(RecoveryCompleted.class, _ -> recovered.accept(tally))
        .build();
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder().match(Batch.class, this::persist).build();
  }

  private void persist(Batch batch) {
    ActorRef from = getSender();
    persistAll(batch.events, _ -> {});
    deferAsync(new Persisted(), done -> from.tell(done, getSelf()));
  }

  private void fold(byte[] bytes) {
    Folded folded = Tally.fold(state, bytes);
    state = folded.state();
    tally = tally.plus(new Tally(1, folded.violations().size()));
  }
}
