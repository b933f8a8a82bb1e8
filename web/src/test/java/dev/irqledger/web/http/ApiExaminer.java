package dev.irqledger.web.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks, and holds each answer against the API's document. */
public final class ApiExaminer {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final ApiDocument document = new ApiDocument();
  private final HttpClient client;

  public ApiExaminer(HttpClient client) {
    this.client = client;
  }

  /**
   * Fails unless the answer is one that the document has, and comes soon. Of a stream only the
   * beginning is looked at.
   *
   * @param request with the question's address
   * @return its status
   */
  public int ask(ApiQuestions.Question question, HttpRequest.Builder request) throws Exception {
    request.timeout(SOON);
    if (!question.lastEventId().isEmpty()) {
      request.header("Last-Event-ID", question.lastEventId());
    }
    HttpResponse<InputStream> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      assertTrue(answer.statusCode() != 500, question + " -> a fault of the service");
      if (answer.statusCode() != 200 || !question.path().equals("/v1/stream")) {
        String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        document.requireDocumented(question.path(), new ReadAnswer(answer, text));
      }
    }
    return answer.statusCode();
  }
}
