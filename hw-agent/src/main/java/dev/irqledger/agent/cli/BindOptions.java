package dev.irqledger.agent.cli;

import picocli.CommandLine.Option;

/** The options that let the agent take a device from its driver. */
final class BindOptions {
  @Option(
      names = "--bind",
      description =
          "Bind the device to vfio-pci first, and give it back to its driver at the end. Without"
              + " it a device that is bound to another driver is left alone.")
  private boolean bind;

  @Option(
      names = "--force",
      description = "With --bind: also where the host uses the device, such as for a mounted disk.")
  private boolean force;

  boolean wanted() {
    return bind;
  }

  boolean force() {
    return force;
  }
}
