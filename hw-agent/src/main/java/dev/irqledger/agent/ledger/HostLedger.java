package dev.irqledger.agent.ledger;

import dev.irqledger.agent.journal.Entry;
import dev.irqledger.agent.journal.Intent;
import dev.irqledger.agent.journal.Journal;
import dev.irqledger.agent.publish.Incarnation;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceOpened;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReset;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.event.StateObserved;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.LogHead;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.EventIds;
import dev.irqledger.wire.EventSealer;
import dev.irqledger.wire.KnownHeads;
import dev.irqledger.wire.SealedEvent;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes down what happens to a host's devices. The order in which events come here is their order
 * in the journal and in the log. Safe for use by many threads.
 */
public final class HostLedger {
  private final Incarnation self;
  private final Journal journal;
  private final InstantSource clock;
  private final EventIds ids;
  private final EventSealer sealer;
  private final KnownHeads before;
  private final SortedMap<Bdf, Holding> holdings = new TreeMap<>();
  private final List<Consumer<? super Recorded>> listeners = new CopyOnWriteArrayList<>();

  /**
   * A device as this agent knows it.
   *
   * @param state what its events of this epoch add up to
   * @param holder who changed it last
   */
  public record Holding(DeviceState state, Actor holder) {}

  /**
   * @param before what is known of the epochs before
   * @param clock the host's clock
   */
  public HostLedger(Incarnation self, Journal journal, KnownHeads before, InstantSource clock) {
    this(self, journal, before, clock, new SecureRandom()::nextLong);
  }

  /**
   * @param before what is known of the epochs before
   * @param clock the host's clock
   * @param random 64 random bits a call, for the events' ids
   */
  public HostLedger(
      Incarnation self,
      Journal journal,
      KnownHeads before,
      InstantSource clock,
      LongSupplier random) {
    this.self = self;
    this.journal = journal;
    this.clock = clock;
    this.before = before;
    this.ids = new EventIds(clock::millis, random);
    this.sealer = new EventSealer(EventCodec.releasedOnly(), self.epoch(), self.bootId(), before);
  }

  public Incarnation self() {
    return self;
  }

  /**
   * Notes that an operation is about to be made. When this returns the journal has it for good.
   *
   * @param onlyFrees whether all that it can do is to give something back
   * @throws dev.irqledger.agent.journal.JournalException if it does not; then the operation must
   *     not be made
   */
  public void intend(Intent intent, boolean onlyFrees, Entry... along) {
    List<Entry> entries = new ArrayList<>(List.of(along));
    entries.add(new Entry.Intended(intent, onlyFrees));
    Journal.await(journal.append(entries));
  }

  /** Notes that how the epochs before ended is taken down, so that it is not taken down again. */
  public void tookOver() {
    journal.write(new Entry.TookOver(self.bootId()));
  }

  /** Takes down what has just happened. */
  public Recorded record(Bdf device, Source source, Actor actor, EventBody body) {
    return record(device, source, actor, body, micros(clock.instant()), null);
  }

  /**
   * Takes down what happened at that time.
   *
   * @param hostTimeMicros the host's clock, microseconds since 1970
   */
  public Recorded record(
      Bdf device, Source source, Actor actor, EventBody body, long hostTimeMicros) {
    return record(device, source, actor, body, hostTimeMicros, null);
  }

  /** Takes down what an intended operation came to; the intent is settled with it. */
  public Recorded settle(Intent intent, Actor actor, EventBody body) {
    return record(intent.device(), Source.AGENT_CALL, actor, body, micros(clock.instant()), intent);
  }

  /** As {@link #record(Bdf, Source, Actor, EventBody)}, with more for the journal. */
  public Recorded recordAlong(
      Bdf device, Source source, Actor actor, EventBody body, Entry... along) {
    return record(device, source, actor, body, micros(clock.instant()), null, along);
  }

  /** What a device's events add up to; of this epoch only. */
  public synchronized DeviceState state(Bdf device) {
    return holding(device).state;
  }

  /** All devices that had an event in this epoch. */
  public synchronized SortedMap<Bdf, Holding> holdings() {
    return new TreeMap<>(holdings);
  }

  /** Tells every event from now on, in order, from the thread that took it down: be quick. */
  public void listen(Consumer<? super Recorded> listener) {
    listeners.add(listener);
  }

  public void unlisten(Consumer<? super Recorded> listener) {
    listeners.remove(listener);
  }

  private synchronized Recorded record(
      Bdf device,
      Source source,
      Actor actor,
      EventBody body,
      long hostTimeMicros,
      @Nullable Intent settles,
      Entry... along) {
    SealedEvent sealed =
        sealer.seal(ids.next(), self.key(device), source, actor, hostTimeMicros, body);
    Folded folded = Ledger.fold(holding(device).state, sealed.event());
    holdings.put(device, new Holding(folded.state(), holder(holding(device).holder, sealed)));
    List<Entry> entries = new ArrayList<>(List.of(along));
    entries.add(new Entry.Happened(sealed, settles));
    Recorded recorded = new Recorded(sealed, folded, journal.append(entries));
    listeners.forEach(listener -> listener.accept(recorded));
    return recorded;
  }

  /** Who changed a device last, as far as that is known; a snapshot does not tell. */
  private static Actor holder(Actor before, SealedEvent sealed) {
    Actor actor = sealed.event().actor();
    return switch (sealed.event().body()) {
      case DeviceReleased _ -> Actor.UNKNOWN;
      case StateObserved _, CommandRefused _ -> before;
      case DeviceOpened _, InterruptsSet _, DeviceReset _ -> actor;
    };
  }

  private Holding holding(Bdf device) {
    Holding known = holdings.get(device);
    return known != null ? known : new Holding(unseen(self.key(device)), Actor.UNKNOWN);
  }

  /** Nothing is known but what the epoch's first event must link to. */
  private DeviceState unseen(DeviceKey key) {
    LogHead start = LogHead.START;
    EventHash last = before.hashes().getOrDefault(key, EventHash.NONE);
    return DeviceState.unseen(key)
        .with(new LogHead(start.epoch(), start.sequence(), last, start.recent(), null, "", 0));
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }
}
