package dev.irqledger.cli.report;

import dev.irqledger.cli.Words;
import dev.irqledger.core.state.DeviceState;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.timeline.Timeline;
import dev.irqledger.replay.timeline.Timeline.Note;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import javax.xml.stream.XMLStreamException;

/**
 * A report of what happened between two points.
 *
 * @param subject the host or device that it is about, or all
 * @param from the first point, in a form that names it again
 * @param timeline what happened after it
 * @param to the devices at the second point
 */
public record ReportPage(String subject, String from, Timeline timeline, Image to) {
  private static final int MOST_HOLDERS = 20;

  /**
   * Writes the page.
   *
   * @throws IOException if it cannot be written
   */
  public void write(Writer out) throws IOException {
    try {
      Html html = new Html(out);
      html.doctype();
      html.element("html", List.of("lang", "en"), () -> page(html));
      html.end();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private void page(Html html) throws XMLStreamException {
    String title = "Interrupts of " + subject;
    html.element(
        "head",
        List.of(),
        () -> {
          html.empty("meta", "charset", "utf-8");
          html.empty("meta", "name", "viewport", "content", "width=device-width");
          html.text("title", title);
          html.text("style", css());
        });
    html.element(
        "body",
        List.of(),
        () -> {
          html.text("h1", title);
          summary(html);
          pools(html);
          holders(html);
          notes(html);
          lives(html);
        });
  }

  private static String css() {
    try (InputStream css = ReportPage.class.getResourceAsStream("report.css")) {
      return new String(Objects.requireNonNull(css).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError("the style is part of the program", e);
    }
  }

  private void summary(Html html) throws XMLStreamException {
    html.table(
        List.of("what", "value"),
        List.of(
            List.of("after", from),
            List.of("up to", to.point().token()),
            List.of("first event (log time)", time(timeline.firstMillis())),
            List.of("last event (log time)", time(timeline.lastMillis())),
            List.of("events", Long.toString(timeline.events())),
            List.of("devices", Integer.toString(to.devices().size())),
            List.of("findings and empty pools", Long.toString(timeline.noteCount()))));
  }

  private String time(long millis) {
    return timeline.events() == 0 ? "none" : Instant.ofEpochMilli(millis).toString();
  }

  private Scale scale() {
    return new Scale(timeline.firstMillis(), timeline.lastMillis());
  }

  private void pools(Html html) throws XMLStreamException {
    html.text("h2", "Pools");
    html.text(
        "p",
        "Broken line: irqs, each with a remapping entry. Whole line: armed vectors, each with a CPU"
            + " vector. From the first event to the last one.");
    for (var pool : timeline.pools().entrySet()) {
      html.text("h3", pool.getKey());
      new PoolFigure(scale(), pool.getKey(), pool.getValue().samples()).write(html);
    }
  }

  private void holders(Html html) throws XMLStreamException {
    html.text("h2", "Biggest holders at the end");
    html.table(
        List.of("device", "mode", "#armed", "#cached", "#reserved", "#violations"),
        to.devices().values().stream()
            .map(folded -> folded.state())
            .sorted(Comparator.comparingInt(state -> -state.counts().allocated()))
            .limit(MOST_HOLDERS)
            .map(ReportPage::holder)
            .toList());
  }

  private static List<String> holder(DeviceState state) {
    return List.of(
        state.key() + (state.uncertain() ? " (uncertain)" : ""),
        state.interrupts().mode().label(),
        Integer.toString(state.counts().armed()),
        Integer.toString(state.counts().cached()),
        Integer.toString(state.counts().reserved()),
        Long.toString(state.tally().violations()));
  }

  private void notes(Html html) throws XMLStreamException {
    html.text("h2", "Findings and empty pools");
    if (timeline.noteCount() == 0) {
      html.text("p", "None.");
      return;
    }
    html.table(
        List.of("at", "device", "call", "what", "rule in words"),
        timeline.notes().stream().map(ReportPage::note).toList());
    long left = timeline.noteCount() - timeline.notes().size();
    if (left > 0) {
      html.text("p", left + " more are left out.");
    }
  }

  private static List<String> note(Note note) {
    String at = note.record().partition() + "@" + note.record().offset();
    String call = Words.what(note.event().body()) + " = " + Words.result(note.event().body());
    String device = note.event().device().toString();
    if (note.rule() != null) {
      String what =
          note.rule().rule()
              + ": expected "
              + note.rule().expected()
              + "; reported "
              + note.rule().reported();
      return List.of(at, device, call, what, note.rule().rule().sentence());
    }
    return List.of(at, device, call, "pool found empty: " + note.pool(), "");
  }

  private void lives(Html html) throws XMLStreamException {
    html.text("h2", "Vectors");
    html.text(
        "p",
        "A row for each vector that held an irq: armed (high), cached (half as high), reserved"
            + " (thin). At most "
            + LifelinesFigure.MOST_ROWS
            + " vectors of a device are drawn.");
    for (var life : timeline.lives().entrySet()) {
      html.text("h3", life.getKey().toString());
      var spans = life.getValue().spans(timeline.lastMillis());
      new LifelinesFigure(scale(), life.getKey().toString(), spans).write(html);
      if (life.getValue().left() > 0) {
        html.text("p", life.getValue().left() + " later spans are left out.");
      }
    }
  }
}
