package dev.irqledger.core.policy;

import dev.irqledger.core.device.Bdf;

/**
 * Who is held to a budget.
 *
 * @param name the host's or virtual machine's name, or the device's PCI address
 */
public record BudgetHolder(Scope scope, String name) {
  public static BudgetHolder host(String name) {
    return new BudgetHolder(Scope.HOST, name);
  }

  public static BudgetHolder vm(String name) {
    return new BudgetHolder(Scope.VM, name);
  }

  public static BudgetHolder device(Bdf device) {
    return new BudgetHolder(Scope.DEVICE, device.text());
  }

  @Override
  public String toString() {
    return scope.word() + ' ' + name;
  }
}
