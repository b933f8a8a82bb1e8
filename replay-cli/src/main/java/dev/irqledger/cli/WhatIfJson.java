package dev.irqledger.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.policy.Pool;
import dev.irqledger.replay.whatif.Cost;
import dev.irqledger.replay.whatif.HostAccount;
import dev.irqledger.replay.whatif.Latencies;
import dev.irqledger.replay.whatif.Mark;
import dev.irqledger.replay.whatif.Peak;
import dev.irqledger.replay.whatif.PolicyName;
import dev.irqledger.replay.whatif.Shortage;
import dev.irqledger.replay.whatif.Shortage.Kind;
import dev.irqledger.replay.whatif.Shortages;
import dev.irqledger.replay.whatif.Side;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What would have been, for programs. Its fields are a contract, as those of the states are. */
final class WhatIfJson {
  private WhatIfJson() {}

  static void print(WhatIfReport report, PrintWriter out) {
    JsonLine.print(out, json -> fields(report, json));
  }

  private static void fields(WhatIfReport report, JsonGenerator json) throws IOException {
    json.writeStringField("point", report.point());
    json.writeStringField("policy", PolicyName.of(report.policy()));
    added(report.added(), json);
    json.writeArrayFieldStart("hosts");
    for (Map.Entry<String, HostAccount> host : report.hosts().entrySet()) {
      json.writeStartObject();
      json.writeStringField("host", host.getKey());
      host(host.getValue(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("totals");
    json.writeObjectFieldStart("shortages");
    json.writeNumberField("log", report.shortages(Side.LOG));
    json.writeNumberField("policy", report.shortages(Side.POLICY));
    json.writeNumberField("avoided", report.shortages(Kind.AVOIDED));
    json.writeNumberField("caused", report.shortages(Kind.CAUSED));
    json.writeNumberField("ofAdded", report.shortages(Kind.OF_ADDED));
    json.writeEndObject();
    cost(report.cost(), json);
    json.writeEndObject();
  }

  static void added(SortedMap<DeviceKey, Integer> added, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("added");
    for (Map.Entry<DeviceKey, Integer> each : added.entrySet()) {
      json.writeStartObject();
      json.writeStringField("device", each.getKey().toString());
      json.writeNumberField("count", each.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void host(HostAccount host, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("pools");
    for (Pool pool : Pool.values()) {
      json.writeStartObject();
      json.writeStringField("pool", pool.name());
      number("size", host.sizes().of(pool), json);
      peak("log", host.peak(Side.LOG, pool), json);
      peak("policy", host.peak(Side.POLICY, pool), json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("idle");
    peak("log", host.idle(Side.LOG), json);
    peak("policy", host.idle(Side.POLICY), json);
    json.writeEndObject();
    shortages(host.shortages(), json);
    cost(host.cost(), json);
    mark("partedAt", host.parting(), json);
  }

  private static void peak(String name, Peak peak, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("peak", peak.most());
    mark("at", peak.at(), json);
    json.writeEndObject();
  }

  private static void shortages(Shortages shortages, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("shortages");
    json.writeNumberField("log", shortages.count(Side.LOG));
    json.writeNumberField("policy", shortages.count(Side.POLICY));
    json.writeNumberField("avoided", shortages.count(Kind.AVOIDED));
    json.writeNumberField("caused", shortages.count(Kind.CAUSED));
    json.writeNumberField("ofAdded", shortages.count(Kind.OF_ADDED));
    json.writeArrayFieldStart("told");
    for (Shortage shortage : shortages.told()) {
      json.writeStartObject();
      json.writeStringField("kind", shortage.kind().name());
      json.writeStringField("pool", shortage.pool().name());
      mark("at", shortage.at(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void cost(Cost cost, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("cost");
    json.writeNumberField("allocatedAgain", cost.allocatedAgain());
    number("estimateNanos", cost.estimateNanos(), json);
    latencies("allocating", cost.allocating(), json);
    latencies("rearming", cost.rearming(), json);
    json.writeEndObject();
  }

  private static void latencies(String name, Latencies latencies, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("calls", latencies.calls());
    json.writeNumberField("irqs", latencies.irqs());
    json.writeNumberField("sumNanos", latencies.sumNanos());
    number("medianNanos", latencies.medianNanos(), json);
    json.writeEndObject();
  }

  private static void mark(String name, @Nullable Mark mark, JsonGenerator json)
      throws IOException {
    if (mark == null) {
      json.writeNullField(name);
      return;
    }
    json.writeObjectFieldStart(name);
    json.writeNumberField("partition", mark.position().partition());
    json.writeNumberField("offset", mark.position().offset());
    json.writeStringField("event", mark.event().id().toString());
    json.writeStringField("device", mark.event().device().bdf().text());
    json.writeStringField("what", Words.what(mark.event().body()));
    json.writeEndObject();
  }

  static void number(String name, @Nullable Integer number, JsonGenerator json) throws IOException {
    if (number == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, number);
    }
  }

  private static void number(String name, OptionalLong number, JsonGenerator json)
      throws IOException {
    if (number.isEmpty()) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, number.getAsLong());
    }
  }
}
