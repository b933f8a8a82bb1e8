package dev.irqledger.web.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.web.http.ApiQuestions.Question;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Every answer is one that the document has, none is a fault, and each comes soon. */
class OpenApiFuzzProperties {
  private static Api api;
  private static HttpClient client;
  private static ApiExaminer examiner;

  @BeforeContainer
  static void serve() {
    // That a client of the stream has left is seen at the next heartbeat.
    HttpLimits limits =
        new HttpLimits(
            256,
            64,
            1000,
            16 * 1024,
            Duration.ofSeconds(30),
            Duration.ofHours(1),
            Duration.ofMillis(100),
            16);
    api = new Api(HttpSettings.loopback(0).withLimits(limits));
    client = HttpClient.newHttpClient();
    examiner = new ApiExaminer(client);
  }

  @AfterContainer
  static void stop() {
    client.close();
    api.close();
  }

  @Property(tries = 1500)
  void every_answer_is_documented_and_none_is_a_fault(@ForAll("questions") Question question)
      throws Exception {
    int status = examiner.ask(question, HttpRequest.newBuilder(api.uri(question.address())));
    assertTrue(status < 500, question + " -> " + status);
  }

  @Provide
  Arbitrary<Question> questions() {
    return ApiQuestions.all();
  }
}
