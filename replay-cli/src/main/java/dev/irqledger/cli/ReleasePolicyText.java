package dev.irqledger.cli;

import dev.irqledger.core.rule.ReleasePolicy;
import dev.irqledger.launch.TextConverter;
import dev.irqledger.replay.whatif.PolicyName;

/** Release policies as they are written on a command line. */
final class ReleasePolicyText extends TextConverter<ReleasePolicy> {
  ReleasePolicyText() {
    super(PolicyName::parse);
  }
}
