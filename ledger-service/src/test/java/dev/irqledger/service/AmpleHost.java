package dev.irqledger.service;

import dev.irqledger.core.rule.Environment;

/** A host that has enough of everything, and gives each irq number once. */
final class AmpleHost implements Environment {
  static final int FIRST_IRQ = 24;

  private final long nowMicros;
  private final int before;
  private int last;

  AmpleHost(long nowMicros, int before) {
    this.nowMicros = nowMicros;
    this.before = before;
    this.last = before;
  }

  int lastIrq() {
    return last;
  }

  @Override
  public long nowMicros() {
    return nowMicros;
  }

  @Override
  public int grant(int wanted) {
    return wanted;
  }

  @Override
  public int allocate(int vector, int taken) {
    last = Math.max(last, before + taken + 1);
    return before + taken + 1;
  }

  @Override
  public int eventfd(int fd) {
    return 0;
  }

  @Override
  public int handler(int vector, int armed) {
    return 0;
  }
}
