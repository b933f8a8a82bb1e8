package dev.irqledger.core.rule;

import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.Interrupts;
import dev.irqledger.core.state.Phase;
import dev.irqledger.core.state.Profile.Openness;
import dev.irqledger.core.state.VectorMap;

/**
 * States in the words of the tests' tables: the mode, then one letter for each vector from 0 on
 * ('A' armed, 'C' cached, 'R' reserved, '.' free) or INTx's trigger, then the triggers of ERR and
 * REQ. Such as {@code msix AR.C}, {@code intx 5}, {@code none err 7}.
 */
public final class StateText {
  private StateText() {}

  public static String of(DeviceState state) {
    if (state.profile().open() == Openness.CLOSED) {
      return "closed";
    }
    Interrupts interrupts = state.interrupts();
    StringBuilder text = new StringBuilder(interrupts.mode().label());
    if (!interrupts.vectors().isEmpty()) {
      text.append(' ').append(phases(interrupts.vectors()));
    }
    append(text, "", interrupts.intxTrigger());
    append(text, " err", interrupts.errTrigger());
    append(text, " req", interrupts.reqTrigger());
    return text.toString();
  }

  /** One letter for each vector, up to the last that holds an irq. */
  public static String phases(VectorMap vectors) {
    StringBuilder text = new StringBuilder();
    vectors.forEach((vector, state) -> {
      text.repeat('.', vector - text.length());
      text.append(letter(state.phase()));
    });
    return text.toString();
  }

  private static char letter(Phase phase) {
    return switch (phase) {
      case FREE -> '.';
      case RESERVED -> 'R';
      case ARMED -> 'A';
      case CACHED -> 'C';
    };
  }

  private static void append(StringBuilder text, String name, int trigger) {
    if (trigger != Eventfd.NONE) {
      text.append(name).append(' ').append(trigger);
    }
  }
}
