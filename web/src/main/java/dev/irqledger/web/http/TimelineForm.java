package dev.irqledger.web.http;

import dev.irqledger.web.Position;
import dev.irqledger.web.chronicle.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** What happened over time; the columns have one number for each part of it. */
record TimelineForm(
    String from,
    String to,
    long partMillis,
    @Nullable String first,
    @Nullable String last,
    boolean whole,
    List<Integer> events,
    List<Integer> findings,
    List<Integer> armed,
    List<Integer> cached,
    List<Integer> reserved,
    List<Integer> peak,
    List<Integer> peakArmed) {

  static TimelineForm of(Timeline timeline) {
    return new TimelineForm(
        Instant.ofEpochMilli(timeline.fromMs()).toString(),
        Instant.ofEpochMilli(timeline.toMs()).toString(),
        timeline.widthMs(),
        time(timeline.firstMs()),
        time(timeline.lastMs()),
        timeline.whole(),
        column(timeline, Timeline.Part::events),
        column(timeline, Timeline.Part::findings),
        column(timeline, Timeline.Part::armed),
        column(timeline, Timeline.Part::cached),
        column(timeline, Timeline.Part::reserved),
        column(timeline, Timeline.Part::peak),
        column(timeline, Timeline.Part::peakArmed));
  }

  private static @Nullable String time(long millis) {
    return millis == Position.NO_TIME ? null : Instant.ofEpochMilli(millis).toString();
  }

  private static List<Integer> column(Timeline timeline, ToIntFunction<Timeline.Part> of) {
    return timeline.parts().stream().mapToInt(of).boxed().toList();
  }
}
