package dev.irqledger.web.http;

import io.javalin.http.Context;

/** Writes answers. */
final class Answer {
  private Answer() {}

  /** An answer that holds for this moment: nobody is to keep it. */
  static void json(Context request, Object answer) {
    request.header("Cache-Control", "no-store").contentType("application/json");
    request.result(Json.text(answer));
  }

  static void problem(Context request, Problem problem) {
    request.status(problem.status()).header("Cache-Control", "no-store");
    switch (problem.type()) {
      case NOT_READY, BUSY, UNREACHABLE -> request.header("Retry-After", "1");
      case UNAUTHORIZED -> request.header("WWW-Authenticate", "Bearer realm=\"irq-ledger\"");
      case METHOD_NOT_ALLOWED -> request.header("Allow", "GET, HEAD");
      case BAD_PARAMETER,
          BAD_REQUEST,
          NO_SUCH_POINT,
          NOT_FOUND,
          REQUEST_TOO_LARGE,
          MISDIRECTED,
          INTERNAL,
          TOO_LONG -> {
        // Nothing besides the document.
      }
    }
    request.contentType(Problem.MEDIA_TYPE);
    request.result(problem.json());
  }
}
