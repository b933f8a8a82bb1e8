package dev.irqledger.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.irqledger.agent.socket.AgentClient;
import dev.irqledger.agent.socket.Reply;
import dev.irqledger.agent.socket.Request;
import dev.irqledger.core.device.DeviceKey;
import dev.irqledger.core.rule.Rule;
import dev.irqledger.core.rule.Violation;
import dev.irqledger.faults.Node.Kind;
import dev.irqledger.standalone.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What must be true once all is made good again: everything converges, and nothing is lost. */
final class Verdict {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);
  private static final long ASKS_AGAIN_MS = 500;
  private static final JsonMapper JSON = new JsonMapper();

  private final Deployment deployment;
  private final Telling telling;
  private final List<String> faults = new ArrayList<>();

  Verdict(Deployment deployment, Telling telling) {
    this.deployment = deployment;
    this.telling = telling;
  }

  /**
   * Waits until all has converged, and judges.
   *
   * @param guests of each agent, whose load has ended
   * @return what is not as it must be; empty where all is
   */
  List<String> of(Map<Node, Guests> guests) throws IOException, InterruptedException {
    for (Node agent : guests.keySet()) {
      awaitDelivered(agent);
    }
    telling.tell("the agents' journals are delivered");
    JsonNode verified = awaitFolded();
    telling.tell("the service has folded all: %s", verified);
    if (!verified.get("sound").asBoolean()) {
      faults.add("replay verify: " + verified);
    }
    LogOfRecord log = LogOfRecord.read(deployment.bootstrap());
    telling.tell("%,d records in the log, %d of them repetitions", log.records(), log.repeated());
    guests.forEach((agent, load) -> nothingIsLost(log.of(agent.name()), agent, load));
    findingsAreToldOnce(log);
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWERS_WITHIN).build()) {
      for (Node service : deployment.all(Kind.SERVICE).toList()) {
        for (Map.Entry<DeviceKey, Long> device : log.last().entrySet()) {
          answersWithTheLast(client, service, device.getKey(), device.getValue());
        }
      }
    }
    for (Node agent : guests.keySet()) {
      kernelIsTheLedger(agent);
    }
    return faults;
  }

  /** Until nothing is in the agent's journal that the log has not acknowledged. */
  private void awaitDelivered(Node agent) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Long backlog = backlog(agent);
    while (backlog == null || backlog > 0) {
      if (System.nanoTime() > end) {
        throw new IOException(
            agent.name() + ": not delivered in time: " + (backlog == null ? "no answer" : backlog));
      }
      TimeUnit.MILLISECONDS.sleep(ASKS_AGAIN_MS);
      backlog = backlog(agent);
    }
  }

  private static @Nullable Long backlog(Node agent) throws IOException {
    try (AgentClient client = AgentClient.connect(Deployment.journal(agent))) {
      return client != null
              && client.ask(new Request.Status(), _ -> {}) instanceof Reply.Status(JsonNode status)
          ? Long.valueOf(status.get("backlog").asLong())
          : null;
    }
  }

  private JsonNode awaitFolded() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      int _ =
          Main.commandLine()
              .setOut(new PrintWriter(out, true))
              .setErr(new PrintWriter(err, true))
              .execute(
                  "replay",
                  "verify",
                  "-o",
                  "json",
                  "--timeout",
                  "60",
                  "-b",
                  deployment.bootstrap());
      JsonNode found = JSON.readTree(out.toString());
      if (found != null
          && found.path("devices").asInt(-1) == found.at("/states/equal").asInt()
          && found.path("devices").asInt() > 0
          && found.at("/states/behind").asInt(-1) == 0) {
        return found;
      }
      if (System.nanoTime() > end) {
        throw new IOException("the service's states are not the log's: " + out + err);
      }
      TimeUnit.MILLISECONDS.sleep(ASKS_AGAIN_MS);
    }
  }

  private void nothingIsLost(List<UUID> inLog, Node agent, Guests load) {
    telling.tell(
        "%s answered for %,d operations, could not %d times, ended unasked before an answer %d"
            + " times; %,d events of it are in the log",
        agent.name(), load.answered().size(), load.failed(), load.unanswered(), inLog.size());
    LinkedHashSet<UUID> once = new LinkedHashSet<>(inLog);
    if (once.size() != inLog.size()) {
      faults.add(agent.name() + ": an event is in the log twice under different numbers");
    }
    List<UUID> lost = load.answered().stream().filter(each -> !once.contains(each)).toList();
    if (!lost.isEmpty()) {
      faults.add(agent.name() + ": answered, and not in the log: " + lost);
      return;
    }
    LinkedHashSet<UUID> answered = new LinkedHashSet<>(load.answered());
    if (!load.answered().equals(once.stream().filter(answered::contains).toList())) {
      faults.add(agent.name() + ": the log has another order than the answers");
    }
  }

  /**
   * The model's kernel breaks no rule. Of the log's rules only one may object: a repetition that
   * comes after more events than a state remembers looks like one of an old agent.
   */
  private void findingsAreToldOnce(LogOfRecord log) {
    Map<Rule, Integer> rules = new TreeMap<>();
    for (Violation violation : log.found().values()) {
      rules.merge(violation.rule(), 1, Integer::sum);
      if (violation.rule() != Rule.STALE_EPOCH) {
        faults.add("a false alarm: " + violation);
      }
    }
    telling.tell("findings: %s", rules);
    Map<UUID, Integer> times = new HashMap<>();
    log.told().forEach(id -> times.merge(id, 1, Integer::sum));
    log.found().keySet().forEach(id -> times.merge(id, -1, Integer::sum));
    times.forEach((id, difference) -> {
      if (difference != 0) {
        faults.add("finding " + id + " is not told once, but " + (1 + difference) + " times");
      }
    });
  }

  private void answersWithTheLast(HttpClient client, Node service, DeviceKey device, long offset)
      throws IOException, InterruptedException {
    URI uri =
        URI.create(
            "http://%s:8571/v1/devices/%s/%s?pageSize=1"
                .formatted(service.address(), device.host(), device.bdf()));
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWERS_WITHIN).build();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      String refusal;
      try {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() == 200) {
          String point = JSON.readTree(response.body()).at("/position/point").asText();
          if (!point.endsWith("@" + offset)) {
            faults.add(uri + " answers with " + point + ", and the last event is @" + offset);
          }
          return;
        }
        refusal = response.statusCode() + " " + response.body();
        if (response.statusCode() != 503) {
          faults.add(uri + " answers " + refusal);
          return;
        }
      } catch (ConnectException | HttpTimeoutException e) {
        refusal = "nothing: " + e; // it was started a moment ago
      }
      if (System.nanoTime() > end) {
        faults.add(uri + " still answers " + refusal);
        return;
      }
      TimeUnit.MILLISECONDS.sleep(ASKS_AGAIN_MS);
    }
  }

  /** Each device of the ledger is, vector by vector, what the agent's kernel shows. */
  private void kernelIsTheLedger(Node agent) throws IOException {
    try (AgentClient client = AgentClient.connect(Deployment.journal(agent))) {
      if (client == null) {
        faults.add(agent.name() + " does not answer");
        return;
      }
      List<String> lines = new ArrayList<>();
      Reply reply = client.ask(new Request.Reconcile(null), line -> lines.add(line.text()));
      if (!(reply instanceof Reply.Done(Integer differences)) || differences == null) {
        faults.add(agent.name() + " cannot be compared with the ledger: " + reply);
      } else if (differences != 0) {
        faults.add(agent.name() + " differs from the ledger: " + lines);
      }
    }
  }
}
