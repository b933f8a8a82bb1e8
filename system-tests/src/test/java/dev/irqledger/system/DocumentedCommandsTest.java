package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.irqledger.standalone.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;

/**
 * Each command in the documents is run by a test, or at least one that the program takes. {@code
 * docs/cli.md} is {@link CommandLineDocumentTest}'s.
 */
class DocumentedCommandsTest {
  /** Their commands are run, and what they print is compared. */
  private static final Set<Path> TRANSCRIPTS =
      Set.of(
          Path.of("docs", "replay.md"),
          Path.of("docs", "security.md"),
          Path.of("docs", "sql.md"),
          Path.of("docs", "what-if.md"),
          Path.of("docs", "tutorial.md"));

  /**
   * How a command of another program begins, what runs it, and the text there that does. Requests
   * to the API are held against its description, below.
   */
  private static final List<Runner> RUNNERS =
      """
      mvn verify                              | .ci/run      | mvn -B verify
      mvn -Pdist package -DskipTests          | .ci/run      | mvn -B -Pdist package -DskipTests
      mvn -B -pl system-tests -am -Dtest=PreviousReleaseTest | system-tests/src/test/java/dev/irqledger/system/PreviousReleaseTest.java | IRQ_LEDGER_GOLDEN_RELEASE
      npm ci                                  | .ci/run      | npm ci --prefix docs/examples/node
      node decode.js records.tsv              | system-tests/src/test/java/dev/irqledger/system/NodeExample.java | decode.js
      docker-compose up -d                    | docker/check | compose up -d
      docker-compose --profile cluster up -d  | docker/check | COMPOSE_PROFILES="$profile"
      docker-compose run --rm cli replay state --host hv-1 | docker/check | compose run --rm cli replay state --host hv-1
      docker-compose down -v                  | docker/check | compose down -v
      kafka-console-consumer.sh --bootstrap-server kafka:9092 --topic irq.quarantine --from-beginning | docker/check | kafka-console-consumer.sh
      dpkg -i irq-ledger                      | dist/check   | dpkg -i /root/irq-ledger*.deb
      editor /etc/irq-ledger/                 | dist/check   | /etc/irq-ledger/agent.options
      systemctl enable --now irq-ledger-      | dist/check   | systemctl enable --now irq-ledger-service.service irq-ledger-agent.service
      openssl rand -hex 32                    | dist/check   | openssl rand -hex 32
      openssl genpkey -algorithm ed25519      | dist/check   | openssl genpkey -algorithm ed25519
      openssl pkey -in auditor.key -pubout    | dist/check   | openssl pkey -in auditor.key -pubout
      openssl pkey -in hv-1.pem -pubout       | dist/check   | openssl pkey -in hv-1.pem -pubout
      mvn -Pmutation -pl ledger-core test     | ledger-core/pom.xml | <id>mutation</id>
      faults/run                              | .ci/run      | faults/run --for
      benchmarks/run                          | benchmarks/src/test/java/dev/irqledger/benchmarks/DocumentedBenchmarksTest.java | class DocumentedBenchmarksTest
      fuzzing/run                             | .ci/run      | fuzzing/run
      """
          .lines()
          .map(Runner::of)
          .toList();

  private static final Path API =
      Path.of("..", "web", "src", "main", "resources", "dev", "irqledger", "web", "http")
          .resolve("openapi.json");

  private static final Pattern URL = Pattern.compile("https?://[^/']+(/[^?']*)(?:\\?([^']*))?");
  private static final Pattern IN_TEXT = Pattern.compile("`(?:\\./)?irq-ledger ([a-z][^`]*)`");

  private record Runner(String begins, Path file, String text) {
    static Runner of(String line) {
      String[] cells = line.split("\\|", -1);
      return new Runner(cells[0].strip(), Path.of("..", cells[1].strip()), cells[2].strip());
    }
  }

  private final CommandLine program = Main.commandLine();

  @Test
  void every_command_of_ours_is_one_that_the_program_takes() throws IOException {
    List<DocumentedCommand> ours = ours(DocumentedCommand.all());
    assertTrue(ours.size() > 60, "found " + ours.size());
    for (DocumentedCommand command : ours) {
      assertDoesNotThrow(() -> program.parseArgs(command.arguments()), command::toString);
    }
  }

  @Test
  void every_command_of_ours_in_a_sentence_is_one_too() throws IOException {
    int found = 0;
    for (Path document : DocumentedCommand.documents()) {
      Matcher named = IN_TEXT.matcher(DocumentedCommand.textOf(document));
      while (named.find()) {
        if (!named.group(1).contains("...")) {
          String[] words = CommandRun.words(named.group(1)).toArray(String[]::new);
          assertDoesNotThrow(() -> parseInPart(words), () -> document + ": " + named.group());
          found++;
        }
      }
    }
    assertTrue(found > 10, "found " + found);
  }

  /** A sentence leaves out what it does not speak of. */
  private void parseInPart(String... words) {
    try {
      program.parseArgs(words);
    } catch (MissingParameterException e) {
      assertFalse(e.getMissing().isEmpty());
    }
  }

  @Test
  void every_command_with_its_output_is_run() throws IOException {
    for (DocumentedCommand command : DocumentedCommand.all()) {
      if (command.transcript()) {
        assertTrue(TRANSCRIPTS.contains(command.document()), command::toString);
      }
    }
  }

  @Test
  void every_command_of_another_program_is_run_by_something() throws IOException {
    Set<Runner> used = new HashSet<>();
    for (DocumentedCommand command : DocumentedCommand.all()) {
      if (!command.isOurs() && !command.text().startsWith("curl ")) {
        Optional<Runner> runner =
            RUNNERS.stream().filter(r -> command.text().startsWith(r.begins())).findFirst();
        assertTrue(runner.isPresent(), () -> "nothing runs " + command);
        used.add(runner.get());
      }
    }
    for (Runner runner : RUNNERS) {
      assertTrue(used.contains(runner), () -> "no document shows " + runner.begins());
      assertTrue(
          Files.readString(runner.file()).contains(runner.text()),
          () -> runner.file() + " does not run " + runner.text());
    }
  }

  @Test
  void every_request_is_one_that_the_api_describes() throws IOException {
    JsonNode api = new ObjectMapper().readTree(API.toFile());
    int requests = 0;
    for (DocumentedCommand command : DocumentedCommand.all()) {
      if (command.text().startsWith("curl ")) {
        Matcher url = URL.matcher(command.text());
        assertTrue(url.find(), command::toString);
        Optional<Set<String>> parameters = parameters(api, url.group(1));
        assertTrue(parameters.isPresent(), command::toString);
        Set<String> given = new TreeSet<>();
        if (url.group(2) != null) {
          List.of(url.group(2).split("&")).forEach(pair -> given.add(pair.split("=", 2)[0]));
        }
        assertTrue(parameters.get().containsAll(given), command::toString);
        requests++;
      }
    }
    assertTrue(requests > 8, "found " + requests);
  }

  /** The names of a path's parameters, or nothing where there is no such path. */
  private static Optional<Set<String>> parameters(JsonNode api, String path) {
    return api.get("paths").properties().stream()
        .filter(entry -> path.matches(entry.getKey().replaceAll("\\{[^}]*}", "[^/]+")))
        .findFirst()
        .map(entry ->
            entry
                .getValue()
                .at("/get/parameters")
                .valueStream()
                .map(parameter -> named(api, parameter).get("name").asText())
                .collect(Collectors.toSet()));
  }

  private static JsonNode named(JsonNode api, JsonNode parameter) {
    return parameter.has("$ref") ? api.at(parameter.get("$ref").asText().substring(1)) : parameter;
  }

  private static List<DocumentedCommand> ours(List<DocumentedCommand> commands) {
    return commands.stream().filter(DocumentedCommand::isOurs).toList();
  }

  @Test
  void commands_are_found_between_fences_and_nowhere_else() {
    String text =
        """
        irq-ledger outside
        ```
        $ irq-ledger replay sql 'a | b'  # a comment
        irq-ledger: a message
        until irq-ledger service check; do sleep 1; done
        X=1 mvn a \\
            b && openssl c | head
        ```
        """;
    assertEquals(
        List.of(
            "irq-ledger replay sql 'a | b'", "irq-ledger service check", "mvn a b", "openssl c"),
        DocumentedCommand.in(Path.of("x.md"), text).stream().map(DocumentedCommand::text).toList());
  }
}
