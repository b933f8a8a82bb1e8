package dev.irqledger.cli.write;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.irqledger.launch.DurationText;
import dev.irqledger.recordings.PrintableText;
import dev.irqledger.wire.avro.Budget;
import dev.irqledger.wire.avro.EnforcedAction;
import dev.irqledger.wire.avro.Enforcement;
import dev.irqledger.wire.avro.Policy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Policies in words, and as JSON whose fields are a contract as those of {@link RequestJson}. */
final class PolicyText {
  /** A policy's fields, for {@code --help}. */
  static final String FIELDS =
      "budgets [{scope, name, maxArmed, maxAllocated}], idleLimitSeconds, enforcement {overBudget,"
          + " idleReservation, expirySeconds}; null sets no limit, and enforces nothing";

  private static final Comparator<Budget> ORDER =
      Comparator.comparing(Budget::getScope).thenComparing(Budget::getName);

  private PolicyText() {}

  /** One line for each limit. */
  static List<String> lines(@Nullable Policy policy) {
    List<String> lines = new ArrayList<>();
    if (policy != null) {
      policy.getBudgets().stream().sorted(ORDER).forEach(budget -> lines.add(line(budget)));
      Long idle = policy.getIdleLimitSeconds();
      if (idle != null) {
        lines.add("a cached vector at most " + DurationText.ofSeconds(idle) + " without a trigger");
      }
    }
    List<String> limits = lines.isEmpty() ? List.of("no limit") : lines;
    Enforcement enforced = policy == null ? null : policy.getEnforcement();
    return enforced == null
        ? limits
        : Stream.concat(limits.stream(), Stream.of(line(enforced))).toList();
  }

  private static String line(Enforcement enforced) {
    List<String> actions = new ArrayList<>();
    if (enforced.getOverBudget() != EnforcedAction.NONE) {
      actions.add("over a device's budget, " + words(enforced.getOverBudget()));
    }
    if (enforced.getIdleReservation() != EnforcedAction.NONE) {
      actions.add("idle for too long, " + words(enforced.getIdleReservation()));
    }
    return "enforced on devices of the agent: "
        + String.join("; ", actions)
        + "; within "
        + DurationText.ofSeconds(enforced.getExpirySeconds());
  }

  private static String words(EnforcedAction action) {
    return switch (action) {
      case NONE -> "nothing is done";
      case CLEAR -> "the triggers that are idle longest are taken away";
      case DISABLE -> "MSI-X or MSI is disabled";
      case CLOSE -> "the device is closed";
    };
  }

  private static String line(Budget budget) {
    List<String> limits = new ArrayList<>();
    if (budget.getMaxArmed() != null) {
      limits.add("at most " + budget.getMaxArmed() + " armed");
    }
    if (budget.getMaxAllocated() != null) {
      limits.add("at most " + budget.getMaxAllocated() + " allocated");
    }
    String scope = budget.getScope().name().toLowerCase(Locale.ROOT);
    return (budget.getName().equals(BudgetText.EACH)
            ? "each " + scope
            : scope + " " + PrintableText.of(budget.getName(), 253))
        + ": "
        + (limits.isEmpty() ? "no limit" : String.join(", ", limits));
  }

  /** Writes the limits into the object that is open. */
  static void fields(@Nullable Policy policy, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("budgets");
    if (policy != null) {
      for (Budget budget : policy.getBudgets().stream().sorted(ORDER).toList()) {
        json.writeStartObject();
        json.writeStringField("scope", budget.getScope().name());
        json.writeStringField("name", budget.getName());
        number("maxArmed", budget.getMaxArmed(), json);
        number("maxAllocated", budget.getMaxAllocated(), json);
        json.writeEndObject();
      }
    }
    json.writeEndArray();
    number("idleLimitSeconds", policy == null ? null : policy.getIdleLimitSeconds(), json);
    Enforcement enforced = policy == null ? null : policy.getEnforcement();
    if (enforced == null) {
      json.writeNullField("enforcement");
    } else {
      json.writeObjectFieldStart("enforcement");
      json.writeStringField("overBudget", enforced.getOverBudget().name());
      json.writeStringField("idleReservation", enforced.getIdleReservation().name());
      json.writeNumberField("expirySeconds", enforced.getExpirySeconds());
      json.writeEndObject();
    }
  }

  private static void number(String field, @Nullable Number value, JsonGenerator json)
      throws IOException {
    if (value == null) {
      json.writeNullField(field);
    } else {
      json.writeNumberField(field, value.longValue());
    }
  }
}
