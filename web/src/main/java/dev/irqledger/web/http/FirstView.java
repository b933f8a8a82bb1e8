package dev.irqledger.web.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The questions with which the web console begins. Asked before anybody comes, what they need is
 * loaded and compiled, and the first view is not the one that waits for that.
 */
public final class FirstView {
  private static final Logger LOG = LoggerFactory.getLogger(FirstView.class);
  private static final int ROUNDS = 5;
  private static final List<String> QUESTIONS =
      List.of("/", "/v1/about", "/v1/hosts?pageSize=1000", "/v1/timeline?parts=300", "/v1/rules");

  private FirstView() {}

  /**
   * Asks them over the loopback, a few times.
   *
   * @param settings how the ledger is served, without TLS
   * @param port where it listens
   * @param most how long each answer may take; the first that takes longer is the last
   */
  public static void prepare(HttpSettings settings, int port, Duration most)
      throws InterruptedException {
    String at = "http://" + HttpSettings.DEFAULT_HOST + ":" + port;
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(most).build()) {
      for (int round = 0; round < ROUNDS; round++) {
        for (String question : QUESTIONS) {
          HttpRequest.Builder request =
              HttpRequest.newBuilder(URI.create(at + question)).timeout(most);
          if (settings.token() != null) {
            request.header("Authorization", settings.token().authorization());
          }
          HttpResponse<Void> answer = client.send(request.build(), BodyHandlers.discarding());
          LOG.debug("{} is answered with {}", question, answer.statusCode());
        }
      }
    } catch (IOException e) {
      LOG.info("the first view waits for what it needs: {}", e.toString());
    }
  }
}
