package dev.irqledger.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class ForwardingTest {
  private static final BearerToken TOKEN = BearerToken.of("0123456789abcdef");
  private static final HttpSettings SETTINGS = HttpSettings.loopback(0).withToken(TOKEN);

  private static HttpResponse<String> ask(Api api, String path) {
    return api.send(api.request(path).header("Authorization", TOKEN.authorization()));
  }

  @Test
  void a_question_about_a_host_is_answered_by_who_owns_it() {
    try (Api asked = new Api(SETTINGS);
        Api owner = new Api(SETTINGS)) {
      asked.ledger.owner = owner.uri("");
      owner.log.trigger("hv-1/0000:01:00.0", 40, 41, 42);
      HttpResponse<String> answer = ask(asked, Api.DEVICE + "?pageSize=2");
      assertEquals(200, answer.statusCode(), answer.body());
      assertEquals(ask(owner, Api.DEVICE + "?pageSize=2").body(), answer.body());
      asked.document.requireDocumented("/v1/devices/{host}/{device}", answer);
    }
  }

  @Test
  void a_problem_of_the_owner_is_handed_back_as_it_stands() {
    try (Api asked = new Api(SETTINGS);
        Api owner = new Api(SETTINGS)) {
      asked.ledger.owner = owner.uri("");
      HttpResponse<String> answer = ask(asked, "/v1/devices/hv-1/0000:09:00.0");
      assertEquals(404, answer.statusCode());
      asked.document.requireProblem(answer);
    }
  }

  @Test
  void a_question_goes_on_once_even_where_each_takes_the_other_for_the_owner() {
    try (Api one = new Api(SETTINGS);
        Api other = new Api(SETTINGS)) {
      one.ledger.owner = other.uri("");
      other.ledger.owner = one.uri("");
      HttpResponse<String> answer = ask(one, Api.DEVICE);
      assertEquals(503, answer.statusCode());
      one.document.requireProblem(answer);
      assertEquals("1", answer.headers().firstValue("Retry-After").orElse(""));
    }
  }

  @Test
  void an_owner_that_is_gone_is_asked_for_later() {
    URI gone;
    try (Api api = new Api(SETTINGS)) {
      gone = api.uri("");
    }
    try (Api asked = new Api(SETTINGS)) {
      assertNotEquals(gone, asked.uri(""));
      asked.ledger.owner = gone;
      HttpResponse<String> answer = ask(asked, Api.DEVICE);
      assertEquals(503, answer.statusCode());
      asked.document.requireProblem(answer);
    }
  }

  @Test
  void the_past_is_told_by_whoever_is_asked() {
    try (Api asked = new Api(SETTINGS)) {
      asked.ledger.owner = URI.create("http://127.0.0.1:1");
      assertEquals(200, ask(asked, Api.DEVICE + "?at=latest").statusCode());
    }
  }
}
