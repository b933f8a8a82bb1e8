package dev.irqledger.agent.budget;

import dev.irqledger.wire.SchemaCatalog;
import dev.irqledger.wire.WireCodec;
import dev.irqledger.wire.avro.Budget;
import dev.irqledger.wire.avro.BudgetScope;
import dev.irqledger.wire.avro.Policy;
import dev.irqledger.wire.topic.PolicyFollower;
import java.util.Base64;
import java.util.List;

/** Policies as the journal keeps them. */
final class Policies64 {
  private Policies64() {}

  static PolicyFollower.Written limitingEachDeviceTo(int maxArmed) {
    byte[] value =
        new WireCodec<>(Policy.class, SchemaCatalog.releasedOnly())
            .encode(
                Policy.newBuilder()
                    .setHost("*")
                    .setBudgets(List.of(new Budget(BudgetScope.DEVICE, "*", maxArmed, null)))
                    .setIdleLimitSeconds(null)
                    .build());
    return new PolicyFollower.Written(Base64.getEncoder().encodeToString(value), "0@4");
  }
}
