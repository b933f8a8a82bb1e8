package dev.irqledger.replay.step;

/**
 * A place among the events of a device. Each move says whether there was somewhere to go; where
 * there was not, the cursor stays.
 */
public final class Cursor {
  private final DeviceHistory history;
  private int index;

  /**
   * @param index where it begins: from 0, less than the number of events
   */
  public Cursor(DeviceHistory history, int index) {
    this.history = history;
    this.index = index;
  }

  public DeviceHistory history() {
    return history;
  }

  public int index() {
    return index;
  }

  /** The event at the cursor. */
  public Step step() {
    return history.at(index);
  }

  /** Moves by so many events, backward where negative, or as far as there are some. */
  public boolean by(int events) {
    return to(Math.clamp((long) index + events, 0, history.count() - 1));
  }

  public boolean toFirst() {
    return to(0);
  }

  public boolean toLast() {
    return to(history.count() - 1);
  }

  /** Moves to the next event that made something else of the vector. */
  public boolean toNextChange(int vector) {
    return to(history.changeAfter(index, vector));
  }

  /** Moves to the event before this one that made something else of the vector. */
  public boolean toPreviousChange(int vector) {
    return to(history.changeBefore(index, vector));
  }

  public boolean toNextViolation() {
    return to(history.violationAfter(index));
  }

  public boolean toPreviousViolation() {
    return to(history.violationBefore(index));
  }

  /** Moves to that event; -1 stands for none. */
  public boolean to(int event) {
    boolean moves = event >= 0 && event != index;
    index = moves ? event : index;
    return moves;
  }
}
