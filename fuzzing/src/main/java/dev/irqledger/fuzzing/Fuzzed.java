package dev.irqledger.fuzzing;

import dev.irqledger.fuzzing.targets.Target;
import dev.irqledger.fuzzing.targets.Targets;
import java.io.IOException;

/** What Jazzer calls, by these names: the target that the system property names. */
public final class Fuzzed {
  /** Which target, in the JVM that fuzzes it. */
  static final String NAME = "irqledger.fuzzing.target";

  private static final Target TARGET = Targets.named(System.getProperty(NAME, "")).make();

  private Fuzzed() {}

  /** Tries one input. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    TARGET.check(input);
  }
}
