package dev.irqledger.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BearerTokenTest {
  private static final String TOKEN = "0123456789abcdef";
  private static final BearerToken SECRET = BearerToken.of(TOKEN);

  @Test
  void without_the_token_only_health_is_told_and_the_page_that_asks_for_it() {
    try (Api api = new Api(HttpSettings.loopback(0).withToken(SECRET))) {
      for (String path : api.document.paths()) {
        String concrete =
            path.replace("{host}", "hv-1")
                .replace("{device}", "0000:01:00.0")
                .replace("{file}", "x.js");
        HttpResponse<String> answer = api.get(concrete);
        assertEquals(api.document.isOpen(path), answer.statusCode() != 401, path);
        api.document.requireDocumented(path, answer);
      }
      HttpResponse<String> wrong =
          api.send(api.request("/v1/hosts").header("Authorization", "Bearer 0123456789abcdeg"));
      assertEquals(401, wrong.statusCode());
      assertEquals(
          "Bearer realm=\"irq-ledger\"", wrong.headers().firstValue("WWW-Authenticate").orElse(""));
      assertEquals(Set.of(Refusal.NO_TOKEN, Refusal.WRONG_TOKEN), Set.copyOf(api.refused));
      assertEquals(Refusal.WRONG_TOKEN, api.refused.getLast());
    }
  }

  @Test
  void with_the_token_everything_is_told() {
    try (Api api = new Api(HttpSettings.loopback(0).withToken(SECRET))) {
      HttpResponse<String> answer =
          api.send(api.request("/v1/hosts").header("Authorization", "bearer " + TOKEN));
      assertEquals(200, answer.statusCode());
    }
  }

  @Test
  void a_token_is_read_from_a_file_and_never_shown(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    BearerToken read = BearerToken.read(file);
    assertEquals("Bearer " + TOKEN, read.authorization());
    assertFalse(read.toString().contains(TOKEN));
    assertFalse(HttpSettings.loopback(0).withToken(read).toString().contains(TOKEN));
    Files.writeString(file, "short secret");
    var refused = assertThrows(IllegalArgumentException.class, () -> BearerToken.read(file));
    assertFalse(refused.getMessage().contains("short secret"));
  }
}
