package dev.irqledger.web.http;

import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.rule.ReleasePolicy;
import dev.irqledger.core.whatif.PoolSizes;
import dev.irqledger.replay.whatif.PolicyName;
import dev.irqledger.web.Cut;
import dev.irqledger.web.HolderRow;
import dev.irqledger.web.LedgerQueries;
import dev.irqledger.web.chronicle.Scope;
import dev.irqledger.web.chronicle.Stride;
import dev.irqledger.web.chronicle.Timeline;
import io.javalin.http.Context;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ways through the log: what happened when, step by step, and what would have. */
final class PastRoutes {
  static final int USUAL_PARTS = 240;
  static final int MOST_PARTS = 1000;
  private static final int LARGEST_POOL = 1 << 24;

  private final LedgerQueries queries;

  PastRoutes(LedgerQueries queries) {
    this.queries = queries;
  }

  record AboutAnswer(boolean live, String name) {}

  void about(Context request) {
    var _ = new Parameters(request);
    Answer.json(request, new AboutAnswer(queries.about().live(), queries.about().name()));
  }

  void rules(Context request) {
    var _ = new Parameters(request);
    Answer.json(request, new RuleForm.All(RuleForm.all()));
  }

  void timeline(Context request) {
    Parameters parameters = new Parameters(request, "host", "device", "from", "to", "parts");
    Scope scope = scope(parameters);
    Integer parts = parameters.number("parts", 1, MOST_PARTS);
    Timeline timeline =
        queries
            .past()
            .timeline(
                scope,
                parameters.time("from"),
                parameters.time("to"),
                parts == null ? USUAL_PARTS : parts);
    Answer.json(request, TimelineForm.of(timeline));
  }

  private static Scope scope(Parameters parameters) {
    String host = parameters.host();
    String device = parameters.device();
    if (device != null && host == null) {
      throw Parameters.bad("device", "only together with its host");
    }
    return new Scope(host, device == null ? null : new Bdf(device));
  }

  private enum Direction {
    NEXT,
    PREVIOUS
  }

  void step(Context request) {
    Parameters parameters = new Parameters(request, "host", "device", "at", "to", "direction");
    Scope scope = scope(parameters);
    Stride.Kind kind = parameters.choice("to", Stride.Kind.class, EnumSet.allOf(Stride.Kind.class));
    Direction direction =
        parameters.choice("direction", Direction.class, EnumSet.allOf(Direction.class));
    Stride stride =
        new Stride(kind == null ? Stride.Kind.EVENT : kind, direction != Direction.PREVIOUS);
    Answer.json(
        request,
        queries
            .past()
            .step(scope, parameters.at(), stride)
            .map(StepForm::of)
            .orElse(StepForm.NOWHERE));
  }

  record HoldersAnswer(PositionForm position, List<HolderForm> holders) {}

  void holders(Context request) {
    Parameters parameters = new Parameters(request, "at");
    Cut<HolderRow> cut = queries.past().holders(parameters.pathHost(), parameters.at());
    Answer.json(
        request,
        new HoldersAnswer(
            PositionForm.of(cut.position()), cut.items().stream().map(HolderForm::of).toList()));
  }

  void whatIf(Context request) {
    Parameters parameters = new Parameters(request, "policy", "cpuVectors", "irtes", "at");
    ReleasePolicy policy = policy(parameters.text("policy"));
    PoolSizes sizes =
        new PoolSizes(
            parameters.number("cpuVectors", 0, LARGEST_POOL),
            parameters.number("irtes", 0, LARGEST_POOL));
    String host = parameters.pathHost();
    Answer.json(
        request,
        WhatIfForm.of(policy, queries.past().whatIf(host, policy, sizes, parameters.at())));
  }

  private static ReleasePolicy policy(@Nullable String text) {
    if (text == null) {
      return ReleasePolicy.KERNEL;
    }
    try {
      return PolicyName.parse(text);
    } catch (IllegalArgumentException e) {
      throw Parameters.bad("policy", "one of " + PolicyName.FORMS);
    }
  }
}
