package dev.irqledger.core.rule;

import dev.irqledger.core.event.InterruptEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what an event breaks: one violation for each rule, however many vectors it concerns. */
public final class Findings {
  private final InterruptEvent event;
  private @Nullable Map<Rule, Evidence> byRule;

  /** The evidence of one rule: the first vector's in words, the others by number. */
  private static final class Evidence {
    private final List<Integer> vectors = new ArrayList<>();
    private final String expected;
    private final String reported;
    private int count;

    Evidence(String expected, String reported) {
      this.expected = expected;
      this.reported = reported;
    }
  }

  public Findings(InterruptEvent event) {
    this.event = event;
  }

  /** A breach that concerns no single vector. */
  public void add(Rule rule, String expected, String reported) {
    evidence(rule, expected, reported);
  }

  /** A breach at one vector; the words of a rule's first breach are kept. */
  public void add(Rule rule, int vector, String expected, String reported) {
    String at = "vector " + vector + ": ";
    Evidence evidence = evidence(rule, at + expected, at + reported);
    evidence.count++;
    if (evidence.vectors.size() < Violation.MOST_VECTORS) {
      evidence.vectors.add(vector);
    }
  }

  /** The violations, in the order of the rules. */
  public List<Violation> violations() {
    if (byRule == null) {
      return List.of();
    }
    List<Violation> violations = new ArrayList<>();
    byRule.forEach((rule, evidence) ->
        violations.add(
            Violation.of(
                rule,
                event,
                evidence.vectors,
                evidence.expected,
                evidence.count > 1
                    ? evidence.reported + " (and " + (evidence.count - 1) + " more vectors)"
                    : evidence.reported)));
    return List.copyOf(violations);
  }

  private Evidence evidence(Rule rule, String expected, String reported) {
    Map<Rule, Evidence> rules = byRule;
    if (rules == null) {
      rules = new EnumMap<>(Rule.class);
      byRule = rules;
    }
    return rules.computeIfAbsent(rule, _ -> new Evidence(expected, reported));
  }
}
