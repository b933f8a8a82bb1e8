package dev.irqledger.agent.socket;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * What a client of the agent's socket may ask for: {@code {"request":"perform","device":
 * "0000:01:00.0","op":"open"}}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "request")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Request.Perform.class, name = "perform"),
  @JsonSubTypes.Type(value = Request.Bind.class, name = "bind"),
  @JsonSubTypes.Type(value = Request.Reconcile.class, name = "reconcile"),
  @JsonSubTypes.Type(value = Request.Status.class, name = "status"),
  @JsonSubTypes.Type(value = Request.Watch.class, name = "watch")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Request {
  /**
   * Carry out an operation. What the connection opened is closed when it ends.
   *
   * @param device the PCI address
   * @param op as op files have it
   */
  record Perform(String device, String op) implements Request {}

  /**
   * Bind a device to vfio-pci until the connection ends.
   *
   * @param device the PCI address
   * @param force also where the host uses the device
   */
  record Bind(String device, boolean force) implements Request {}

  /**
   * Compare the ledger with the kernel.
   *
   * @param device the PCI address; null for every device
   */
  record Reconcile(@Nullable String device) implements Request {}

  /** Tell how the agent is. */
  record Status() implements Request {}

  /** Tell every event from now on, until the connection ends. */
  record Watch() implements Request {}
}
