package dev.irqledger.replay.verify;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.wire.LogPosition;

/**
 * Something that must not be.
 *
 * @param position the event that shows it; of a kept state, up to which it was folded; of a signed
 *     head, where it was signed
 * @param what the rule's name, {@code STATE_DIFFERS}, {@code STATE_NOT_IN_LOG}, {@code
 *     HEAD_DIFFERS} or {@code HEAD_NOT_IN_LOG}
 */
public record Fault(DeviceKey device, LogPosition position, String what, String detail) {}
