package dev.irqledger.recordings;

import dev.irqledger.core.event.Actor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of a kernel trace. Each tells what the kernel showed of the vectors that its call
 * touched, and of every other vector that changed: whoever applies them in order has, after each
 * call, exactly what the trace shows. Behind a line that cannot be read, the changes count from the
 * last line that could.
 */
public final class KernelTraceParser implements RecordingParser {
  private final KernelTraceReader reader = new KernelTraceReader();
  private @Nullable TraceHeader header;
  private Shown before = Shown.NOTHING;

  @Override
  public void line(long number, String text, Consumer<? super Parsed> sink) {
    reader.line(number, text, entry -> take(entry, sink));
  }

  @Override
  public void end(Consumer<? super Parsed> sink) {}

  private void take(TraceEntry entry, Consumer<? super Parsed> sink) {
    switch (entry) {
      case BadLine bad -> sink.accept(bad);
      case TraceHeader begun -> {
        header = begun;
        before = Shown.NOTHING;
      }
      case TraceStep step -> {
        if (header != null) {
          step(header, step, sink);
        }
      }
    }
  }

  private void step(TraceHeader header, TraceStep step, Consumer<? super Parsed> sink) {
    TraceEvents.Told event = TraceEvents.of(header, before, step);
    sink.accept(new Operation(step.line(), header.bdf(), 0, Actor.UNKNOWN, event.body()));
    before = event.told();
  }
}
