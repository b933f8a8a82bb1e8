package dev.irqledger.web.http;

/**
 * The kinds of problems that answers tell of (RFC 9457). The names are stable; each is the end of
 * the problem's {@code type}.
 */
enum ProblemType {
  BAD_PARAMETER(400, "A parameter cannot be used"),
  BAD_REQUEST(400, "The request cannot be read"),
  NO_SUCH_POINT(400, "The log does not hold that point"),
  UNAUTHORIZED(401, "A bearer token is needed"),
  NOT_FOUND(404, "There is nothing here"),
  METHOD_NOT_ALLOWED(405, "Everything here is read with GET"),
  REQUEST_TOO_LARGE(413, "The request is too large"),
  MISDIRECTED(421, "The request is for another name"),
  INTERNAL(500, "A fault of the service"),
  NOT_READY(503, "The state is being restored"),
  BUSY(503, "Too many requests at once"),
  UNREACHABLE(503, "Something that the answer needs does not answer"),
  TOO_LONG(504, "The answer takes too long");

  /** What every problem's type begins with. It names; nothing needs to be there. */
  static final String TYPES = "urn:irq-ledger:problem:";

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  String uri() {
    return TYPES + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** The kind of a problem that was found where only the status is known. */
  static ProblemType of(int status) {
    return switch (status) {
      case 401 -> UNAUTHORIZED;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 413, 414, 431 -> REQUEST_TOO_LARGE;
      case 421 -> MISDIRECTED;
      case 503 -> BUSY;
      default -> status >= 500 ? INTERNAL : BAD_REQUEST;
    };
  }
}
