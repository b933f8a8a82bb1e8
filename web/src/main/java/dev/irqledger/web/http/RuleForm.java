package dev.irqledger.web.http;

import dev.irqledger.core.policy.PolicyRule;
import dev.irqledger.core.rule.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A rule in words.
 *
 * @param kind KERNEL, LOG or POLICY
 */
record RuleForm(String rule, String kind, String sentence) {
  record All(List<RuleForm> rules) {}

  static List<RuleForm> all() {
    return Stream.concat(
            Arrays.stream(Rule.values())
                .map(rule -> new RuleForm(rule.name(), rule.kind().name(), rule.sentence())),
            Arrays.stream(PolicyRule.values())
                .map(rule -> new RuleForm(rule.name(), "POLICY", rule.sentence())))
        .toList();
  }
}
