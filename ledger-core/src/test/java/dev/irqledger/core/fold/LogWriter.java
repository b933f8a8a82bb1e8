package dev.irqledger.core.fold;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.Actor;
import dev.irqledger.core.event.EventBody;
import dev.irqledger.core.event.EventHash;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.Source;
import dev.irqledger.core.rule.Life;
import dev.irqledger.core.rule.TestDevice;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Numbers and chains events as an agent does. The hash is one over the event's text. */
public final class LogWriter {
  private final List<InterruptEvent> events = new ArrayList<>();
  private final DeviceKey device;
  private long epoch = 1;
  private long sequence;
  private EventHash head = EventHash.NONE;
  private boolean journalLost;

  LogWriter() {
    this(TestDevice.KEY);
  }

  /** Writes of that device. */
  public LogWriter(DeviceKey device) {
    this.device = device;
  }

  /** What an honest witness writes of a device's life. */
  static List<InterruptEvent> write(Life life, Witness witness) {
    LogWriter writer = new LogWriter();
    life.steps().forEach(step -> writer.write(witness.tell(step), step.micros()));
    return writer.events();
  }

  /** Appends an event. */
  public InterruptEvent write(EventBody body, long micros) {
    sequence++;
    InterruptEvent event =
        hashed(
            new InterruptEvent(
                new UUID(epoch, sequence),
                device,
                "boot-1",
                epoch,
                sequence,
                head,
                journalLost,
                Source.AGENT_CALL,
                Actor.UNKNOWN,
                micros,
                body,
                EventHash.NONE));
    events.add(event);
    head = event.hash();
    journalLost = false;
    return event;
  }

  /** The agent starts anew and goes on from its journal. */
  LogWriter restart() {
    epoch++;
    sequence = 0;
    return this;
  }

  /** The agent starts anew, and its journal is gone. */
  LogWriter restartWithoutJournal() {
    head = EventHash.NONE;
    journalLost = true;
    return restart();
  }

  /** The agent takes another hash for that of its latest event. */
  LogWriter mistakeHead() {
    head = new EventHash(1, 2, 3, 4);
    return this;
  }

  List<InterruptEvent> events() {
    return List.copyOf(events);
  }

  /** The same event with another body, its own hash recomputed. */
  static InterruptEvent altered(InterruptEvent event, EventBody body) {
    return altered(event, event.source(), body);
  }

  /** The same event, known from elsewhere, its own hash recomputed. */
  static InterruptEvent from(Source source, InterruptEvent event) {
    return altered(event, source, event.body());
  }

  private static InterruptEvent altered(InterruptEvent event, Source source, EventBody body) {
    return hashed(
        new InterruptEvent(
            event.id(),
            event.device(),
            event.bootId(),
            event.epoch(),
            event.sequence(),
            event.previousHash(),
            event.journalLost(),
            source,
            event.actor(),
            event.hostTimeMicros(),
            body,
            EventHash.NONE));
  }

  /** Events of one epoch with the same bodies, chained anew from the first on. */
  static List<InterruptEvent> rechained(List<InterruptEvent> events) {
    LogWriter writer = new LogWriter();
    events.forEach(event -> writer.write(event.body(), event.hostTimeMicros()));
    return writer.events();
  }

  private static InterruptEvent hashed(InterruptEvent event) {
    try {
      byte[] text = event.toString().getBytes(StandardCharsets.UTF_8);
      return event.hashed(EventHash.of(MessageDigest.getInstance("SHA-256").digest(text)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
