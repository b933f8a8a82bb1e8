package dev.irqledger.cli;

import dev.irqledger.core.rule.ReleasePolicy;
import dev.irqledger.replay.whatif.PolicyName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Release policies as they are written on a command line. */
final class ReleasePolicyText implements ITypeConverter<ReleasePolicy> {
  @Override
  public ReleasePolicy convert(String text) {
    try {
      return PolicyName.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
