package dev.irqledger.wire.topic;

/**
 * A setting of Kafka's clients that is not the user's to make. The message says why, in one line.
 */
public final class SettingRefused extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  SettingRefused(String message) {
    super(message);
  }

  SettingRefused(String message, Exception cause) {
    super(message, cause);
  }
}
