package dev.irqledger.web.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Whether an instance can answer questions, by its own word.
 *
 * @param ready whether it can
 * @param told what it said, or why nobody said anything, on one line
 */
public record Readiness(boolean ready, String told) {
  private static final int OK = 200;

  /**
   * Asks an instance, as the other instances would: its certificate is trusted where it is in the
   * key store that the settings name, or of the same authority.
   *
   * @param settings how the instance is served
   * @param authority where it is reached, as HOST:PORT
   * @param most how long to wait for its answer
   * @throws HttpException if the key store cannot be used
   */
  public static Readiness ask(HttpSettings settings, String authority, Duration most)
      throws InterruptedException {
    String scheme = settings.tls() == null ? "http" : "https";
    URI asked = URI.create(scheme + "://" + authority + "/readyz");
    HttpRequest request = HttpRequest.newBuilder(asked).timeout(most).build();
    try (HttpClient client = new Listener(settings).client()) {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      String body = answer.body().lines().findFirst().orElse("");
      return new Readiness(answer.statusCode() == OK, asked + " says: " + body);
    } catch (IOException e) {
      return new Readiness(false, "nobody answers at " + asked + ": " + e);
    }
  }
}
