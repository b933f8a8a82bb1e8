package dev.irqledger.web.http;

import dev.irqledger.web.LedgerQueries;
import dev.irqledger.web.QueryException;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hands a question about a host on to the instance that answers for it, and that instance's answer
 * back as it stands. One hop: an instance that is asked by another and does not answer for the host
 * either says so, since the work is just being moved.
 */
final class Forwarding {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Whoever takes an answer that is behind does not want to wait for the other one. */
  private static final Duration IMPATIENCE = Duration.ofSeconds(2);

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(20);

  private static final List<String> HEADERS =
      List.of("Content-Type", "Cache-Control", "Retry-After");

  private final LedgerQueries queries;
  private final @Nullable BearerToken token;
  private final HttpClient client;

  Forwarding(LedgerQueries queries, @Nullable BearerToken token, HttpClient client) {
    this.queries = queries;
    this.token = token;
    this.client = client;
  }

  /**
   * That route, by the instance that answers for the host which the path names. Where it cannot
   * answer now, and the question allows for that, by a copy of the state.
   *
   * @param copy the same route, answered from a copy that is kept here
   */
  Handler toOwnerOrCopy(Handler route, Handler copy) {
    return request -> {
      if (!Parameters.allowsStale(request)) {
        toOwner(request, route, owner -> handBack(request, ask(request, owner, PATIENCE)));
      } else if (request.header(Gate.FORWARDED) != null) {
        requireAnswered(ownerOrCopy(request, route, copy));
      } else {
        toOwnerOrCopySoon(request, route, copy);
      }
    };
  }

  /**
   * A copy that becomes the owner's state is neither for some ten milliseconds, of whose end nobody
   * is told. So the question is asked again for a while, by the instance that the client asked.
   */
  private void toOwnerOrCopySoon(Context request, Handler route, Handler copy) throws Exception {
    long deadline = System.nanoTime() + IMPATIENCE.toNanos();
    boolean answered = ownerOrCopy(request, route, copy);
    while (!answered && System.nanoTime() < deadline) {
      Thread.sleep(BETWEEN_ATTEMPTS);
      answered = ownerOrCopy(request, route, copy);
    }
    requireAnswered(answered);
  }

  private boolean ownerOrCopy(Context request, Handler route, Handler copy) throws Exception {
    return answered(() -> toOwner(request, route, owner -> forwardIfReady(request, owner)))
        || answered(() -> copy.handle(request))
        || answered(() -> toCopy(request));
  }

  private static void requireAnswered(boolean answered) {
    if (!answered) {
      throw noCopy();
    }
  }

  private static Problem noCopy() {
    return new Problem(
        ProblemType.NOT_READY,
        "the instance that answers for the host does not, and no copy of its state is at hand");
  }

  private interface Attempt {
    void make() throws Exception;
  }

  private interface Hop {
    void to(URI instance) throws InterruptedException;
  }

  /** False where nobody could answer now; whatever else is wrong is no better elsewhere. */
  private static boolean answered(Attempt attempt) throws Exception {
    try {
      attempt.make();
      return true;
    } catch (Problem e) {
      return unless(e.status(), e);
    } catch (QueryException e) {
      return unless(Problem.of(e).status(), e);
    }
  }

  private static boolean unless(int status, RuntimeException e) {
    if (status != ProblemType.NOT_READY.status()) {
      throw e;
    }
    return false;
  }

  private void toOwner(Context request, Handler route, Hop hop) throws Exception {
    // A past is folded from the log, which every instance can read.
    if (Parameters.query(request).containsKey("at")) {
      route.handle(request);
      return;
    }
    Optional<URI> owner = queries.elsewhere(new Parameters.Path(request).host());
    if (owner.isEmpty()) {
      route.handle(request);
    } else if (request.header(Gate.FORWARDED) != null) {
      throw new Problem(
          ProblemType.NOT_READY, "the host's work is being moved to another instance");
    } else {
      hop.to(owner.get());
    }
  }

  private void toCopy(Context request) throws Exception {
    if (request.header(Gate.FORWARDED) == null) {
      for (URI holder : queries.copies(new Parameters.Path(request).host())) {
        if (answered(() -> forwardIfReady(request, holder))) {
          return;
        }
      }
    }
    throw noCopy();
  }

  /** Jetty takes characters in an address that no address may have. */
  private static URI address(Context request, URI owner) {
    String query = request.queryString() == null ? "" : "?" + request.queryString();
    try {
      return new URI(owner + request.path() + query);
    } catch (URISyntaxException e) {
      throw new Problem(ProblemType.BAD_REQUEST, "the address is not encoded as one is");
    }
  }

  /** Of an instance that cannot answer now nothing shows, as the next one is asked. */
  private void forwardIfReady(Context request, URI instance) throws InterruptedException {
    HttpResponse<byte[]> answer = ask(request, instance, IMPATIENCE);
    if (answer.statusCode() == ProblemType.NOT_READY.status()) {
      throw new Problem(ProblemType.NOT_READY, "the instance that was asked cannot answer now");
    }
    handBack(request, answer);
  }

  private HttpResponse<byte[]> ask(Context request, URI instance, Duration patience)
      throws InterruptedException {
    HttpRequest.Builder question =
        HttpRequest.newBuilder(address(request, instance))
            .timeout(patience)
            .header(Gate.FORWARDED, "1");
    if (token != null) {
      question.header("Authorization", token.authorization());
    }
    try {
      return client.send(question.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new Problem(
          ProblemType.UNREACHABLE,
          "the instance that answers for the host does not answer: another may soon do so");
    }
  }

  private static void handBack(Context request, HttpResponse<byte[]> answer) {
    request.status(answer.statusCode());
    for (String header : HEADERS) {
      answer.headers().firstValue(header).ifPresent(value -> request.header(header, value));
    }
    request.result(answer.body());
  }
}
