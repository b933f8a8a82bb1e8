package dev.irqledger.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocumentedExamplesTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("^curl .*'http://127\\.0\\.0\\.1:8571(/.*)'$", Pattern.MULTILINE);

  private static final String TEXT = read(Path.of("..", "docs", "http-api.md"));

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError("no " + file, e);
    }
  }

  @Test
  void every_example_of_the_documentation_is_answered() throws Exception {
    List<String> examples =
        EXAMPLE.matcher(TEXT).results().map((MatchResult m) -> m.group(1)).toList();
    assertTrue(examples.size() >= 8, examples.toString());
    try (Api api = Api.open();
        HttpClient client = HttpClient.newHttpClient()) {
      for (String example : examples) {
        HttpResponse<InputStream> answer =
            client.send(api.request(example).build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
          assertEquals(200, answer.statusCode(), example);
          assertTrue(body.read() >= 0, example);
        }
      }
    }
  }

  @Test
  void every_kind_of_problem_is_in_the_documentation() {
    for (ProblemType type : ProblemType.values()) {
      String name = type.uri().substring(ProblemType.TYPES.length());
      assertTrue(TEXT.contains("`" + name + "`"), name);
      assertTrue(TEXT.contains(Integer.toString(type.status())), name);
    }
  }
}
