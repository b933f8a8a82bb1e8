package dev.irqledger.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleRoutesTest {
  private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"\\./(assets/[^\"]+)\"");

  private Api api;

  @BeforeAll
  void serve() {
    api = new Api(HttpSettings.loopback(0).withToken(BearerToken.of("s".repeat(32))));
  }

  @AfterAll
  void stop() {
    api.close();
  }

  private static void requirePackaged() {
    boolean there = ConsoleFiles.packaged().page() != null;
    assertTrue(
        there || System.getenv("IRQ_LEDGER_REQUIRE_NODE") == null,
        "the environment demands the console, and the build has none");
    assumeTrue(there, "the console was not built: no Node was found");
  }

  @Test
  void the_page_is_served_without_a_token_and_holds_none() {
    HttpResponse<String> page = api.get("/");
    assertEquals(200, page.statusCode());
    api.document.requireDocumented("/", page);
    assertFalse(page.body().contains("s".repeat(32)));
    assertEquals(401, api.get("/v1/hosts").statusCode());
  }

  @Test
  void a_browser_runs_and_asks_nothing_but_what_is_packaged() {
    HttpResponse<String> page = api.get("/");
    String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
    assertTrue(policy.startsWith("default-src 'none'; script-src 'self'; "), policy);
    assertFalse(policy.contains("unsafe"), policy);
    assertEquals("nosniff", page.headers().firstValue("X-Content-Type-Options").orElse(""));
    assertEquals("no-referrer", page.headers().firstValue("Referrer-Policy").orElse(""));
    assertFalse(page.body().contains("<script>"), page.body());
    assertFalse(page.body().contains("style="), page.body());
  }

  @Test
  void what_the_page_loads_is_there_and_may_be_kept_for_ever_while_the_page_may_not() {
    requirePackaged();
    HttpResponse<String> page = api.get("/");
    assertEquals("no-cache", page.headers().firstValue("Cache-Control").orElse(""));
    List<String> loaded =
        LOADED.matcher(page.body()).results().map((MatchResult m) -> m.group(1)).toList();
    assertTrue(loaded.size() >= 3, page.body());
    for (String file : loaded) {
      HttpResponse<String> answer = api.get("/" + file);
      assertEquals(200, answer.statusCode(), file);
      api.document.requireDocumented("/assets/{file}", answer);
      String kept = answer.headers().firstValue("Cache-Control").orElse("");
      assertTrue(kept.contains("immutable"), kept);
    }
  }

  @Test
  void no_other_file_can_be_had() {
    for (String name : List.of("assets.txt", "..%2findex.html", "%2e%2e", "openapi.json", "x.js")) {
      HttpResponse<String> answer = api.get("/assets/" + name);
      assertTrue(answer.statusCode() == 404 || answer.statusCode() == 400, name);
    }
  }

  @Test
  void a_build_without_the_page_says_so_and_how_to_get_it() {
    assertTrue(ConsoleRoutes.ABSENT.contains("no Node was found"));
    ConsoleFiles absent = new ConsoleFiles(null, Map.of());
    assertEquals(
        ConsoleRoutes.ABSENT, new String(absent.pageOrAbsence().bytes(), StandardCharsets.UTF_8));
  }
}
