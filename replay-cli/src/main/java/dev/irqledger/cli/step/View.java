package dev.irqledger.cli.step;

import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.replay.step.Step;
import org.jspecify.annotations.Nullable;

/**
 * What there is to show.
 *
 * @param device whose events they are
 * @param count how many events it has
 * @param step the event at the cursor
 * @param vector the chosen vector, 0 to 2047
 * @param text what is typed so far; null where nothing is being typed
 * @param help whether the keys are explained in the place of all else
 * @param message what is said of the last key; empty for nothing
 */
record View(
    DeviceKey device,
    int count,
    Step step,
    int vector,
    @Nullable String text,
    boolean help,
    String message) {}
