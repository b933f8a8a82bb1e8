package dev.irqledger.core.rule;

import dev.irqledger.core.device.SetIrqs;

/**
 * A call as the rules answer it in one environment.
 *
 * @param call the call, with what can be told of descriptors that nobody saw
 * @param environment what the device could not know
 * @param outcome what the rules give
 */
public record Trial(SetIrqs call, Environment environment, Outcome outcome) {
  int result() {
    return outcome.result();
  }
}
