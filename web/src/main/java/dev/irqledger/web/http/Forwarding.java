package dev.irqledger.web.http;

import dev.irqledger.web.LedgerQueries;
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

  /** That route, by the instance that answers for the host which the path names. */
  Handler toOwner(Handler route) {
    return request -> {
      // A past is folded from the log, which every instance can read.
      if (request.queryParam("at") != null) {
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
        forward(request, owner.get());
      }
    };
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

  private void forward(Context request, URI owner) throws InterruptedException {
    try {
      HttpRequest.Builder question =
          HttpRequest.newBuilder(address(request, owner))
              .timeout(PATIENCE)
              .header(Gate.FORWARDED, "1");
      if (token != null) {
        question.header("Authorization", token.authorization());
      }
      HttpResponse<byte[]> answer =
          client.send(question.build(), HttpResponse.BodyHandlers.ofByteArray());
      request.status(answer.statusCode());
      for (String header : HEADERS) {
        answer.headers().firstValue(header).ifPresent(value -> request.header(header, value));
      }
      request.result(answer.body());
    } catch (IOException e) {
      throw new Problem(
          ProblemType.UNREACHABLE,
          "the instance that answers for the host does not answer: another may soon do so");
    }
  }
}
