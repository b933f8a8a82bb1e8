/**
 * The pure core of IRQ Ledger: vocabulary, events, rules and the fold. It needs java.base alone.
 */
module dev.irqledger.core {
  requires static transitive org.jspecify;

  exports dev.irqledger.core.device;
  exports dev.irqledger.core.event;
  exports dev.irqledger.core.fold;
  exports dev.irqledger.core.point;
  exports dev.irqledger.core.policy;
  exports dev.irqledger.core.rule;
  exports dev.irqledger.core.state;
  exports dev.irqledger.core.whatif;
}
