package dev.irqledger.replay;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.fold.Folded;
import dev.irqledger.core.fold.Ledger;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.wire.Decoded;
import dev.irqledger.wire.EventCodec;
import dev.irqledger.wire.FoldedState;
import dev.irqledger.wire.LogPosition;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** A fold of records as they are read: the states of the devices, and what could not be read. */
public final class DeviceFold implements LogSource.Sink {
  private final EventCodec codec;
  private final Predicate<DeviceKey> wanted;
  private final Replayer.Observer observer;
  private final Map<DeviceKey, Held> devices = new HashMap<>();
  private final Image.Unreadable unreadable = new Image.Unreadable();
  private long events;
  private long logTimeMillis = Image.NO_TIME;

  /** One device's place, found once for each event. */
  private static final class Held {
    private FoldedState state;

    Held(FoldedState state) {
      this.state = state;
    }

    static Held unseen(DeviceKey key) {
      return new Held(new FoldedState(DeviceState.unseen(key), LogPosition.START));
    }
  }

  /**
   * @param wanted which devices are folded
   * @param observer sees each event as it is folded
   */
  public DeviceFold(EventCodec codec, Predicate<DeviceKey> wanted, Replayer.Observer observer) {
    this.codec = codec;
    this.wanted = wanted;
    this.observer = observer;
  }

  /**
   * Begins with the states of a checkpoint, as if all that is in it had been folded.
   *
   * @param prefix what the texts of all wanted devices begin with
   */
  public void begin(Checkpoint checkpoint, String prefix) {
    logTimeMillis = Math.max(logTimeMillis, checkpoint.logTimeMillis());
    unreadable.add(checkpoint.unreadable(), checkpoint.firstUnreadable());
    checkpoint.states(
        prefix,
        state -> {
          if (wanted.test(state.state().key())) {
            hold(state);
            observer.begun(state);
          }
        });
  }

  /** Begins with the states of an image, as if all that is in it had been folded. */
  public void begin(Image image) {
    logTimeMillis = Math.max(logTimeMillis, image.logTimeMillis());
    image.devices().values().forEach(this::hold);
  }

  /** Begins with the state of one device, as if all its events up to there had been folded. */
  public void begin(FoldedState state) {
    logTimeMillis = Math.max(logTimeMillis, state.position().logTimeMs());
    hold(state);
  }

  private void hold(FoldedState state) {
    devices.put(state.state().key(), new Held(state));
  }

  @Override
  public boolean accept(LogRecord record) {
    logTimeMillis = Math.max(logTimeMillis, record.logTimeMillis());
    switch (codec.decode(record.value(), record.signature(), record.logTimeMillis())) {
      case Decoded.Value<InterruptEvent>(InterruptEvent event) -> fold(record, event);
      case Decoded.Undecodable<InterruptEvent>(String reason) -> unreadable.add(record, reason);
    }
    return true;
  }

  private void fold(LogRecord record, InterruptEvent event) {
    DeviceKey key = event.device();
    if (!wanted.test(key)) {
      return;
    }
    events++;
    Held held = devices.computeIfAbsent(key, Held::unseen);
    Folded folded = Ledger.fold(held.state.state(), event);
    held.state = new FoldedState(folded.state(), record.position());
    observer.folded(record, event, folded);
  }

  /** The states so far, in no order. */
  public Collection<FoldedState> devices() {
    return devices.values().stream().map(held -> held.state).toList();
  }

  /** The latest log time so far, {@link Image#NO_TIME} before the first record. */
  public long logTimeMillis() {
    return logTimeMillis;
  }

  public Image.Unreadable unreadable() {
    return unreadable;
  }

  /** How many events were folded. */
  long events() {
    return events;
  }
}
