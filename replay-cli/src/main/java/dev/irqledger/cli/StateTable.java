package dev.irqledger.cli;

import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.IrqIndex;
import dev.irqledger.core.state.Change;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.core.state.PastUncertainty;
import dev.irqledger.core.state.VectorCounts;
import dev.irqledger.core.state.VectorState;
import dev.irqledger.replay.Image;
import dev.irqledger.wire.FoldedState;
import java.io.PrintWriter;
import java.time.Instant;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** A state as text for people. */
final class StateTable {
  private final PrintWriter out;
  private final Ansi ansi;

  StateTable(CommandLine command) {
    this.out = command.getOut();
    this.ansi = command.getColorScheme().ansi();
  }

  void print(Image image) {
    out.println("point  " + image.point().token());
    if (image.logTimeMillis() != Image.NO_TIME) {
      out.println("log    " + Instant.ofEpochMilli(image.logTimeMillis()) + " (log time)");
    }
    for (FoldedState device : image.devices().values()) {
      out.println();
      print(device);
    }
    if (image.devices().isEmpty()) {
      out.println("No device has any event up to here.");
    }
  }

  private void print(FoldedState folded) {
    DeviceState state = folded.state();
    VectorCounts counts = state.counts();
    out.println(
        ansi.string("@|bold " + state.key() + "|@")
            + "  mode "
            + state.interrupts().mode().label()
            + "  armed "
            + counts.armed()
            + "  cached "
            + counts.cached()
            + "  reserved "
            + counts.reserved()
            + "  violations "
            + state.tally().violations()
            + (state.uncertainty() == null ? "" : "  UNCERTAIN: " + state.uncertainty().reason()));
    out.println(
        "  after partition "
            + folded.position().partition()
            + " offset "
            + folded.position().offset());
    PastUncertainty past = state.pastUncertainty();
    if (past != null) {
      out.println("  " + Words.past(past));
    }
    for (IrqIndex index : Change.SINGLE) {
      int trigger = state.interrupts().single(index);
      if (trigger != Eventfd.NONE) {
        out.println("  " + index + " has the trigger " + Words.trigger(trigger));
      }
    }
    if (state.interrupts().vectors().isEmpty()) {
      return;
    }
    VectorMapText.rows(state.interrupts().vectors(), ansi).forEach(out::println);
    out.println("       " + VectorMapText.LEGEND);
    out.println("  VECTOR  IRQ       PHASE     TRIGGER");
    state.interrupts().vectors().forEach(this::print);
  }

  private void print(int number, VectorState vector) {
    out.printf(
        "  %-6d  %-8s  %-8s  %s%n",
        number,
        vector.irqKnown() ? vector.irq() : "?",
        vector.phase(),
        vector.armed() ? Words.trigger(vector.trigger()) : "-");
  }
}
