package dev.irqledger.core.state;

import dev.irqledger.core.device.DeviceKey;
import org.jspecify.annotations.Nullable;

/**
 * What a device's history adds up to.
 *
 * @param key whose state it is
 * @param profile what is known of the device
 * @param interrupts its interrupts, vector by vector
 * @param head how far the history was folded
 * @param uncertainty why the state is not certain; null where it is
 * @param tally what was counted on the way
 * @param pastUncertainty the latest time in which the state was not certain and which has ended;
 *     null where there was none
 */
@SuppressWarnings("ReferenceEquality") // an unchanged part asks for no copy
public record DeviceState(
    DeviceKey key,
    Profile profile,
    Interrupts interrupts,
    LogHead head,
    @Nullable Uncertainty uncertainty,
    Tally tally,
    @Nullable PastUncertainty pastUncertainty) {

  /** A device of which nothing is known yet. */
  public static DeviceState unseen(DeviceKey key) {
    return new DeviceState(
        key, Profile.UNSEEN, Interrupts.NONE, LogHead.START, null, Tally.ZERO, null);
  }

  public boolean uncertain() {
    return uncertainty != null;
  }

  public VectorCounts counts() {
    return interrupts.vectors().counts();
  }

  public DeviceState with(Profile to) {
    return to == profile
        ? this
        : new DeviceState(key, to, interrupts, head, uncertainty, tally, pastUncertainty);
  }

  public DeviceState with(Interrupts to) {
    return to == interrupts
        ? this
        : new DeviceState(key, profile, to, head, uncertainty, tally, pastUncertainty);
  }

  public DeviceState with(LogHead to) {
    return new DeviceState(key, profile, interrupts, to, uncertainty, tally, pastUncertainty);
  }

  public DeviceState with(Tally to) {
    return new DeviceState(key, profile, interrupts, head, uncertainty, to, pastUncertainty);
  }

  public DeviceState withUncertainty(@Nullable Uncertainty to) {
    return to == uncertainty
        ? this
        : new DeviceState(key, profile, interrupts, head, to, tally, pastUncertainty);
  }
}
