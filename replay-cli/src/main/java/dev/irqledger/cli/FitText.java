package dev.irqledger.cli;

import dev.irqledger.cli.Fit.Level;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** Whether devices fit, for people and for programs. */
record FitText(Fit fit) {
  void print(PrintWriter out) {
    out.println("point   " + fit.point());
    out.println("host    " + fit.host());
    fit.added().forEach((device, count) -> out.println("added   " + device + " x " + count));
    row(out, "POOL", "SIZE", "IN USE", "FREE", "NEEDED", "MISSING", "SIZE TOLD BY");
    for (Level level : fit.pools()) {
      row(
          out,
          WhatIfTable.name(level.pool()),
          level.size(),
          level.inUse(),
          level.free(),
          level.needed(),
          level.missing(),
          level.told().name().toLowerCase(Locale.ROOT));
    }
    out.println(fit.fits() ? "fits" : "does not fit: " + shortages());
  }

  private static void row(PrintWriter out, Object... cells) {
    out.println("  %-12s %-8s %-8s %-8s %-8s %-8s %s".formatted(cells).stripTrailing());
  }

  private String shortages() {
    return fit.pools().stream()
        .filter(level -> level.missing() > 0)
        .map(level -> level.missing() + " " + WhatIfTable.name(level.pool()) + " are missing")
        .collect(Collectors.joining(", "));
  }

  void json(PrintWriter out) {
    JsonLine.print(
        out,
        json -> {
          json.writeStringField("host", fit.host());
          json.writeStringField("point", fit.point());
          WhatIfJson.added(fit.added(), json);
          json.writeBooleanField("fits", fit.fits());
          json.writeArrayFieldStart("pools");
          for (Level level : fit.pools()) {
            json.writeStartObject();
            json.writeStringField("pool", level.pool().name());
            json.writeNumberField("size", level.size());
            json.writeStringField("told", level.told().name());
            json.writeNumberField("inUse", level.inUse());
            json.writeNumberField("free", level.free());
            json.writeNumberField("needed", level.needed());
            json.writeNumberField("missing", level.missing());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }
}
