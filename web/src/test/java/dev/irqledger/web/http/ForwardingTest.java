package dev.irqledger.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.irqledger.core.point.PointParser;
import dev.irqledger.web.QueryException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  private static final String STALE = Api.DEVICE + "?stale=allowed";

  @Test
  void a_copy_is_asked_for_only_where_the_owner_cannot_answer() {
    try (Api api = new Api(SETTINGS)) {
      api.ledger.copied = PointParser.parse("offset:0@0,1@-1");
      assertEquals(told(false, Api.DEVICE, api), told(false, STALE, api));
      api.ledger.trouble = new QueryException(QueryException.Kind.NOT_READY, "restoring");
      assertEquals(503, ask(api, Api.DEVICE).statusCode());
      assertTrue(told(true, STALE, api).startsWith("offset:0@0"));
    }
  }

  @Test
  void a_copy_is_found_where_one_is_while_the_owner_is_gone() {
    try (Api asked = new Api(SETTINGS);
        Api without = new Api(SETTINGS);
        Api holder = new Api(SETTINGS)) {
      URI gone = URI.create("http://127.0.0.1:1");
      for (Api api : List.of(asked, without, holder)) {
        api.ledger.owner = gone;
      }
      holder.ledger.copied = PointParser.parse("offset:0@0,1@-1");
      asked.ledger.copies = List.of(without.uri(""), holder.uri(""));
      without.ledger.copies = List.of(holder.uri(""));
      assertTrue(told(true, STALE, asked).startsWith("offset:0@0"));
      asked.ledger.copies = List.of(without.uri(""));
      HttpResponse<String> answer = ask(asked, STALE);
      assertEquals(503, answer.statusCode(), "one hop, not two");
      asked.document.requireProblem(answer);
    }
  }

  @Test
  void a_copy_that_is_just_becoming_the_owners_state_is_asked_for_again() {
    try (Api api = new Api(SETTINGS)) {
      api.ledger.copied = PointParser.parse("offset:0@0,1@-1");
      api.ledger.trouble = new QueryException(QueryException.Kind.NOT_READY, "being moved");
      api.ledger.copyMissing.set(3);
      assertTrue(told(true, STALE, api).startsWith("offset:0@0"));
      assertEquals(0, api.ledger.copyMissing.get());
    }
  }

  @Test
  void what_the_owner_said_of_its_trouble_is_not_said_of_the_copy() {
    try (Api asked = new Api(SETTINGS);
        Api owner = new Api(SETTINGS)) {
      asked.ledger.owner = owner.uri("");
      owner.ledger.trouble = new QueryException(QueryException.Kind.NOT_READY, "restoring");
      asked.ledger.copied = PointParser.parse("offset:0@0,1@-1");
      assertEquals("1", ask(asked, Api.DEVICE).headers().firstValue("Retry-After").orElse(""));
      HttpResponse<String> answer = ask(asked, STALE);
      assertEquals(200, answer.statusCode(), answer.body());
      assertEquals(Optional.empty(), answer.headers().firstValue("Retry-After"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"stale=yes", "stale=", "stale=allowed&at=latest", "stale=allowed&cursor=x"})
  void what_else_is_called_stale_is_refused(String query) {
    try (Api api = new Api(SETTINGS)) {
      HttpResponse<String> answer = ask(api, Api.DEVICE + "?" + query);
      assertEquals(400, answer.statusCode(), answer.body());
      api.document.requireProblem(answer);
    }
  }

  /** The point that the answer is as of. */
  private static String told(boolean stale, String question, Api api) {
    HttpResponse<String> answer = ask(api, question);
    assertEquals(200, answer.statusCode(), answer.body());
    api.document.requireDocumented("/v1/devices/{host}/{device}", answer);
    JsonNode body = ApiDocument.parse(answer.body());
    assertEquals(stale, body.get("stale").asBoolean());
    return body.at("/position/point").asText();
  }

  @Test
  void the_past_is_told_by_whoever_is_asked() {
    try (Api asked = new Api(SETTINGS)) {
      asked.ledger.owner = URI.create("http://127.0.0.1:1");
      assertEquals(200, ask(asked, Api.DEVICE + "?at=latest").statusCode());
    }
  }
}
