package dev.irqledger.cli.step;

import dev.irqledger.cli.Words;
import dev.irqledger.core.device.Eventfd;
import dev.irqledger.core.device.IrqSetData;
import dev.irqledger.core.device.SetIrqs;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.event.InterruptsSet;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.core.state.Change;
import dev.irqledger.replay.step.Step;
import java.time.Instant;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jline.utils.AttributedStyle;

/** The event at the cursor: what it was, which rules it breaks, what it changed and why. */
final class EventPane {
  private static final int MOST_DATA = 12;

  private final Pane pane;
  private final Step step;

  private EventPane(Pane pane, Step step) {
    this.pane = pane;
    this.step = step;
  }

  static Pane of(View view, int width, boolean coloured) {
    EventPane pane = new EventPane(new Pane(width), view.step());
    pane.event();
    pane.violations(coloured);
    pane.changes(view.vector());
    pane.identity();
    return pane.pane;
  }

  private void event() {
    InterruptEvent event = step.event();
    pane.add(
        AttributedStyle.BOLD,
        Words.what(event.body())
            + " = "
            + Words.result(event.body())
            + ", took "
            + Words.took(Words.latencyNanos(event.body())));
    pane.add("who    " + Words.who(event.actor()));
    pane.add("log    " + Instant.ofEpochMilli(step.record().logTimeMillis()));
    pane.add("host   " + Words.hostTime(event.hostTimeMicros()));
    if (event.body() instanceof InterruptsSet set) {
      pane.add("call   " + call(set.call()));
    }
  }

  private void identity() {
    InterruptEvent event = step.event();
    pane.add("");
    pane.add("event  " + event.id());
    pane.add("number " + event.sequence() + " of epoch " + event.epoch() + ", " + event.source());
  }

  private static String call(SetIrqs call) {
    IrqSetData data = call.data();
    String values =
        switch (data) {
          case IrqSetData.NoData _ -> "";
          case IrqSetData.Bools bools -> ", values " + some(data, i -> bools.at(i) ? "1" : "0");
          case IrqSetData.Eventfds fds -> ", descriptors " + some(data, i -> fd(fds.at(i)));
        };
    return "index "
        + call.index()
        + ", start "
        + call.start()
        + ", count "
        + call.count()
        + ", flags 0x"
        + Integer.toHexString(call.flags())
        + values;
  }

  private static String fd(int fd) {
    return Eventfd.mayArm(fd) ? Words.trigger(fd).replace("fd ", "") : Integer.toString(fd);
  }

  private static String some(IrqSetData data, IntFunction<String> text) {
    return IntStream.range(0, Math.min(data.length(), MOST_DATA))
            .mapToObj(text)
            .collect(Collectors.joining(" "))
        + (data.length() > MOST_DATA ? " ..." : "");
  }

  private void violations(boolean coloured) {
    AttributedStyle red =
        coloured ? AttributedStyle.BOLD.foreground(AttributedStyle.RED) : AttributedStyle.BOLD;
    for (Violation violation : step.folded().violations()) {
      pane.add("");
      pane.add(red, "BROKEN " + violation.rule());
      pane.add("  " + violation.rule().sentence());
      pane.add("  expected " + violation.expected());
      pane.add("  reported " + violation.reported());
    }
  }

  private void changes(int vector) {
    pane.add("");
    if (!step.folded().applied()) {
      pane.add("not applied: the state is as it was");
      return;
    }
    if (step.folded().changes().isEmpty()) {
      pane.add("changed nothing");
    }
    for (Change change : step.folded().changes()) {
      switch (change) {
        case Change.VectorChanged _ -> {}
        case Change.ModeChanged _,
            Change.AllReleased _,
            Change.TriggerChanged _,
            Change.EventfdSignalled _ ->
            pane.add(Words.change(change));
      }
    }
    for (AlikeChanges alike : AlikeChanges.of(step, vector)) {
      pane.add(alike.vectors() + ": " + alike.fromTo());
      pane.add("  " + alike.transition().words());
      Rule rule = alike.transition().rule();
      if (rule != null) {
        pane.add("  " + rule + ": " + rule.sentence());
      }
    }
  }
}
