package dev.irqledger.agent.sysfs;

import java.nio.file.Path;

/**
 * One write that binds or unbinds a device.
 *
 * @param file the kernel's file
 * @param value what is written there; a line feed clears a {@code driver_override}
 */
public record BindingStep(Path file, String value) {
  /** As a person would do it in a shell. */
  @Override
  public String toString() {
    return "echo '" + value.strip() + "' > " + file;
  }
}
