package dev.irqledger.wire;

import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.Source;
import java.io.IOException;

/** The envelope of an event. Confined to one thread. */
final class EventForm implements RecordForm<InterruptEvent> {
  private static final Source[] SOURCES = Source.values();

  private EventHash hash = EventHash.NONE;

  /** The hash of the bytes that are read next, which is not among them. */
  void hash(EventHash next) {
    hash = next;
  }

  @Override
  public void write(InterruptEvent event, FieldWriter out) throws IOException {
    out.uuid(event.id());
    out.device(event.device());
    out.out.writeString(event.bootId());
    out.out.writeLong(event.epoch());
    out.out.writeLong(event.sequence());
    out.hash(event.previousHash());
    out.out.writeBoolean(event.journalLost());
    out.constant(event.source());
    writeActor(event.actor(), out);
    out.out.writeLong(event.hostTimeMicros());
    BodyForm.write(event.body(), out);
  }

  /** The event, with the hash that was told before. */
  @Override
  public InterruptEvent read(FieldReader in) throws IOException {
    return new InterruptEvent(
        in.uuid(),
        in.device(),
        in.text(),
        in.in.readLong(),
        in.in.readLong(),
        in.hash(),
        in.in.readBoolean(),
        in.constant(SOURCES),
        readActor(in),
        in.in.readLong(),
        BodyForm.read(in),
        hash);
  }

  private static void writeActor(Actor actor, FieldWriter out) throws IOException {
    out.textOrNull(actor.vm());
    out.uuidOrNull(actor.vmId());
    out.out.writeInt(actor.pid());
    out.textOrNull(actor.command());
    out.uuidOrNull(actor.commandId());
  }

  private static Actor readActor(FieldReader in) throws IOException {
    return new Actor(
        in.textOrNull(), in.uuidOrNull(), in.in.readInt(), in.textOrNull(), in.uuidOrNull());
  }
}
