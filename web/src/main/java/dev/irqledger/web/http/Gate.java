package dev.irqledger.web.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides which requests come through to the routes, and how many at once. */
final class Gate {
  /** Says that another instance asks: its question is answered here or not at all. */
  static final String FORWARDED = "Irq-Ledger-Forwarded";

  private static final Pattern THIS_MACHINE =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");

  private final @Nullable BearerToken token;
  private final boolean thisMachineOnly;
  private final Semaphore places;
  private final Refusals refusals;

  Gate(HttpSettings settings, Refusals refusals) {
    this.refusals = refusals;
    this.token = settings.token();
    this.thisMachineOnly = token == null && isThisMachine(settings.host());
    this.places = new Semaphore(settings.limits().requests());
  }

  private static boolean isThisMachine(String host) {
    return THIS_MACHINE.matcher(host).matches();
  }

  /** Those who show the token, and send nothing but a question. */
  Handler guarded(Handler route) {
    return request -> {
      String shown = request.header("Authorization");
      if (token != null && !token.shownBy(shown)) {
        refusals.refused(shown == null ? Refusal.NO_TOKEN : Refusal.WRONG_TOKEN, request.ip());
        throw new Problem(
            ProblemType.UNAUTHORIZED, "send Authorization: Bearer with the service's token");
      }
      open(route).handle(request);
    };
  }

  /** Everybody who sends nothing but a question: for those who watch over the service. */
  Handler open(Handler route) {
    return request -> {
      requireOwnName(request);
      requireNoBody(request);
      route.handle(request);
    };
  }

  /**
   * A page of the web may let its own name lead to this machine, and so read what only this machine
   * may (DNS rebinding). The name that a browser then asks for is not one of ours.
   */
  private void requireOwnName(Context request) {
    if (thisMachineOnly && !isThisMachine(request.req().getServerName())) {
      refusals.refused(Refusal.OTHER_NAME, request.ip());
      throw new Problem(
          ProblemType.MISDIRECTED,
          "this API is for its own machine: ask for it as 127.0.0.1 or localhost, or give it a"
              + " token");
    }
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
