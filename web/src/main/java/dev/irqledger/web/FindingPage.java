package dev.irqledger.web;

import dev.irqledger.wire.avro.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some findings.
 *
 * @param position every finding of the log up to here, and none behind it, is in the pages together
 * @param findings in the order of {@code irq.violations}, partition by partition
 * @param next where the next page begins; null behind the last
 */
public record FindingPage(Position position, List<Violation> findings, @Nullable Next next) {
  public FindingPage {
    findings = List.copyOf(findings);
  }

  /**
   * A record of {@code irq.violations}.
   *
   * @param partition its partition, from 0
   * @param offset its offset, from 0
   */
  public record Next(int partition, long offset) {}
}
