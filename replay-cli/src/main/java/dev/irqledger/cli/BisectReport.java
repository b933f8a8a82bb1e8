package dev.irqledger.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.irqledger.cli.bisect.Expression;
import dev.irqledger.recordings.PrintableText;
import dev.irqledger.replay.Image;
import dev.irqledger.replay.bisect.Bisection;
import dev.irqledger.replay.bisect.FleetStates;
import dev.irqledger.replay.bisect.Turn;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What {@code replay bisect} answers.
 *
 * @param bisection what found it
 * @param turn where the condition became true
 * @param condition what was looked for
 */
record BisectReport(Bisection bisection, Turn turn, Expression condition) {
  void print(PrintWriter out) {
    out.println("condition  " + PrintableText.of(condition.toString()));
    side("before", turn.before(), out);
    side("after", turn.after(), out);
    out.println("computed   " + cost());
    out.println();
    bisection.show(turn, new HistoryTable(out, new VectorFilter(null), false));
  }

  private void side(String name, Image image, PrintWriter out) {
    String values =
        values(image).entrySet().stream()
            .map(e -> e.getKey() + " = " + e.getValue())
            .collect(Collectors.joining(", "));
    out.println("%-10s %s  %s".formatted(name, image.point().token(), values).stripTrailing());
  }

  private String cost() {
    String states = turn.states() + (turn.states() == 1 ? " state" : " states");
    return turn.scanned() == 0
        ? states
        : states + ", " + turn.scanned() + " records looked at one by one";
  }

  private Map<String, Object> values(Image image) {
    return condition.values(FleetStates.of(image));
  }

  void json(PrintWriter out) {
    HistoryJson history = new HistoryJson(out, new VectorFilter(null));
    JsonLine.print(
        out,
        json -> {
          json.writeStringField("expression", condition.toString());
          side("before", turn.before(), json);
          side("after", turn.after(), json);
          json.writeNumberField("states", turn.states());
          json.writeNumberField("scanned", turn.scanned());
          json.writeObjectFieldStart("turn");
          bisection.show(
              turn,
              (record, event, folded) -> {
                try {
                  history.fields(record, event, folded, json);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
          json.writeEndObject();
        });
  }

  private void side(String name, Image image, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("token", image.point().token());
    json.writeObjectFieldStart("values");
    for (Map.Entry<String, Object> value : values(image).entrySet()) {
      json.writePOJOField(value.getKey(), value.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
