package dev.irqledger.core.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.core.policy.PolicyRule;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RuleTest {
  @Test
  void each_rule_says_in_a_sentence_of_its_own_what_must_hold() {
    List<String> sentences =
        Stream.concat(
                Arrays.stream(Rule.values()).map(Rule::sentence),
                Arrays.stream(PolicyRule.values()).map(PolicyRule::sentence))
            .toList();
    sentences.forEach(sentence -> assertTrue(sentence.matches("[A-Z].{15,}\\."), sentence));
    assertEquals(sentences.size(), Set.copyOf(sentences).size());
  }
}
