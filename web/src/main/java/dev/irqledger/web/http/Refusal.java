package dev.irqledger.web.http;

/** Why somebody is turned away before the question is looked at. */
public enum Refusal {
  NO_TOKEN("no token was shown"),
  WRONG_TOKEN("another token was shown"),
  OTHER_NAME("a loopback address was asked for under a name that is not this machine's"),
  HANDSHAKE("no TLS connection came about, such as with plain text");

  private final String words;

  Refusal(String words) {
    this.words = words;
  }

  /** The reason in words. */
  public String words() {
    return words;
  }
}
