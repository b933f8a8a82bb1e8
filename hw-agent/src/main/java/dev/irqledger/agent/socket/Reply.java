package dev.irqledger.agent.socket;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the agent answers on its socket; the last line of an answer is never a {@link Line}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reply")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Reply.Performed.class, name = "performed"),
  @JsonSubTypes.Type(value = Reply.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = Reply.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = Reply.Line.class, name = "line"),
  @JsonSubTypes.Type(value = Reply.Done.class, name = "done"),
  @JsonSubTypes.Type(value = Reply.Status.class, name = "status")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Reply {
  /**
   * An operation was carried out, and its event is in the journal.
   *
   * @param event the event's id
   * @param result what the kernel returned: 0, a positive number, or a negated errno
   * @param text the operation and its result in words
   * @param findings the rules that the event broke, in words; empty where it broke none
   */
  record Performed(UUID event, int result, String text, List<String> findings) implements Reply {}

  /**
   * Nothing was done to the device; the refusal is in the journal.
   *
   * @param event the event's id
   * @param reason why, in words
   */
  record Refused(UUID event, String reason) implements Reply {}

  /**
   * Nothing was done, and nothing is in the journal.
   *
   * @param kind what failed, for programs
   * @param message the cause and the remedy, on one line
   */
  record Failed(Kind kind, String message) implements Reply {}

  /** What kind of failure it is. */
  enum Kind {
    /** The request itself is wrong. */
    REQUEST,
    /** The device cannot be used. */
    DEVICE,
    /** The journal takes nothing. */
    JOURNAL,
    /** The log cannot be read or written. */
    LOG,
    /** The agent is about to end. */
    STOPPING
  }

  /** One of several lines for people. */
  record Line(String text) implements Reply {}

  /** All was told. */
  record Done(@Nullable Integer count) implements Reply {}

  /** How the agent is. */
  record Status(JsonNode status) implements Reply {}
}
