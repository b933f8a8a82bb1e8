package dev.irqledger.web.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Decides which requests come through to the routes, and how many at once. */
final class Gate {
  /** Says that another instance asks: its question is answered here or not at all. */
  static final String FORWARDED = "Irq-Ledger-Forwarded";

  private final @Nullable BearerToken token;
  private final Semaphore places;

  Gate(@Nullable BearerToken token, int places) {
    this.token = token;
    this.places = new Semaphore(places);
  }

  /** Those who show the token, and send nothing but a question. */
  Handler guarded(Handler route) {
    return request -> {
      if (token != null && !token.shownBy(request.header("Authorization"))) {
        throw new Problem(
            ProblemType.UNAUTHORIZED, "send Authorization: Bearer with the service's token");
      }
      open(route).handle(request);
    };
  }

  /** Everybody who sends nothing but a question: for those who watch over the service. */
  Handler open(Handler route) {
    return request -> {
      requireNoBody(request);
      route.handle(request);
    };
  }

  /** As many at once as may be. */
  Handler counted(Handler route) {
    return request -> {
      if (!places.tryAcquire()) {
        throw new Problem(ProblemType.BUSY, "as many requests as may be are being answered");
      }
      try {
        route.handle(request);
      } finally {
        places.release();
      }
    };
  }

  private static void requireNoBody(Context request) {
    if (request.req().getContentLengthLong() > 0 || request.header("Transfer-Encoding") != null) {
      // What follows is not read: the connection would go on in the middle of it.
      request.header("Connection", "close");
      throw new Problem(ProblemType.REQUEST_TOO_LARGE, "questions have no body here");
    }
  }
}
