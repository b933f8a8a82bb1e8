package dev.irqledger.web.http;

import dev.irqledger.web.QueryException;

/** A request has no answer: what is told instead. */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What problems are written as (RFC 9457). */
  static final String MEDIA_TYPE = "application/problem+json";

  private final ProblemType type;
  private final int status;

  /**
   * @param detail what is wrong with this request, in words for who made it
   */
  Problem(ProblemType type, String detail) {
    this(type, type.status(), detail);
  }

  Problem(ProblemType type, int status, String detail) {
    super(detail);
    this.type = type;
    this.status = status;
  }

  /** The problem that a question without an answer is. */
  static Problem of(QueryException e) {
    ProblemType type =
        switch (e.kind()) {
          case WRONG_QUESTION -> ProblemType.NO_SUCH_POINT;
          case NOT_FOUND -> ProblemType.NOT_FOUND;
          case NOT_READY -> ProblemType.NOT_READY;
          case BUSY -> ProblemType.BUSY;
          case TOO_LONG -> ProblemType.TOO_LONG;
          case UNREACHABLE -> ProblemType.UNREACHABLE;
        };
    return new Problem(type, String.valueOf(e.getMessage()));
  }

  ProblemType type() {
    return type;
  }

  int status() {
    return status;
  }

  /** The document. */
  String json() {
    return Json.text(new Document(type.uri(), type.title(), status, String.valueOf(getMessage())));
  }

  private record Document(String type, String title, int status, String detail) {}
}
