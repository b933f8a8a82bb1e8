package dev.irqledger.web.http;

/** The API cannot be served. The message names the cause and the remedy in one line. */
public final class HttpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public HttpException(String message, Throwable cause) {
    super(message, cause);
  }
}
