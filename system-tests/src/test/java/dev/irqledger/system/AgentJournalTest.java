package dev.irqledger.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.socket.AgentClient;
import dev.irqledger.agent.socket.Reply;
import dev.irqledger.agent.socket.Request;
import dev.irqledger.agent.vfio.DevicePreset;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.DeviceReleased.Cause;
import dev.irqledger.core.event.InterruptEvent;
import dev.irqledger.core.state.Profile.Openness;
import dev.irqledger.standalone.EmbeddedBroker;
import dev.irqledger.standalone.RandomOps;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent process that is killed, and a broker that goes away and comes back. */
@Timeout(300)
class AgentJournalTest {
  private static final String HOST = "hv-9";
  private static final String DEVICE = "0000:01:00.0";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<UUID> answered = new ArrayList<>();
  private final RandomOps ops = RandomOps.of(DevicePreset.NVME, System.nanoTime());
  @TempDir private Path folder;

  @Test
  void a_broker_away_and_an_agent_killed_cost_no_event() throws Exception {
    Path data = Files.createDirectory(folder.resolve("broker"));
    EmbeddedBroker broker = EmbeddedBroker.start(data);
    try {
      Process first = agent(broker, "first.log");
      try (AgentClient client = client()) {
        perform(client, 40);
        broker.close();
        perform(client, 40);
        first.destroyForcibly().waitFor();
      }
      ops.closed();
      Process second = agent(broker, "second.log");
      try (AgentClient client = client()) {
        perform(client, 40);
      }
      broker = broker.startAgain(data);
      awaitDrained();
      second.destroy();
      assertEquals(143, second.waitFor(), Files.readString(folder.resolve("second.log")));
      assertAllThere(LoggedEvents.read(broker.bootstrapServers()));
    } finally {
      broker.close();
    }
  }

  private Process agent(EmbeddedBroker broker, String log) throws Exception {
    File messages = folder.resolve(log).toFile();
    Process process =
        AgentProcess.serve(
                messages,
                "--backend",
                "modelled",
                "--host",
                HOST,
                "--device",
                DEVICE + ":nvme",
                "--partitions",
                "1",
                "--timeout",
                "2",
                "-b",
                broker.bootstrapServers())
            .process();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.readString(messages.toPath()).contains("waiting for requests")) {
      assertTrue(process.isAlive() && System.nanoTime() < end, Files.readString(messages.toPath()));
      Thread.onSpinWait();
    }
    return process;
  }

  private AgentClient client() throws Exception {
    AgentClient client = AgentClient.connect(folder.resolve("state").resolve(HOST));
    assertNotNull(client);
    return client;
  }

  private void perform(AgentClient client, int count) throws Exception {
    for (String op : ops.take(count)) {
      switch (client.ask(new Request.Perform(DEVICE, op), _ -> {})) {
        case Reply.Performed performed -> answered.add(performed.event());
        case Reply.Refused refused -> answered.add(refused.event());
        case Reply other -> throw new AssertionError(other.toString());
      }
    }
  }

  private void awaitDrained() throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try (AgentClient client = client()) {
      long backlog = Long.MAX_VALUE;
      while (backlog > 0) {
        assertTrue(System.nanoTime() < end, "still " + backlog + " events in the journal");
        Reply reply = client.ask(new Request.Status(), _ -> {});
        backlog = assertInstanceOf(Reply.Status.class, reply).status().get("backlog").asLong();
      }
    }
  }

  private void assertAllThere(LoggedEvents log) {
    List<UUID> ids = log.events().stream().map(InterruptEvent::id).toList();
    System.out.println(ids.size() + " events, " + log.repeated() + " of them twice in the log");
    assertEquals(List.copyOf(new LinkedHashSet<>(ids)), ids, "each once in the folded state");
    assertEquals(answered, ids.stream().filter(answered::contains).toList(), "all, in order");
    assertEquals(List.of(), log.violations());
    long epochs = log.events().stream().mapToLong(InterruptEvent::epoch).distinct().count();
    assertEquals(2, epochs);
    InterruptEvent next =
        log.events().stream()
            .filter(event -> event.epoch() == log.events().getLast().epoch())
            .findFirst()
            .orElseThrow();
    InterruptEvent last = log.events().get(log.events().indexOf(next) - 1);
    if (log.after(last.id()).profile().open() != Openness.OPEN) {
      return; // it was not open when the agent was killed
    }
    // a modelled host is gone with its process, so it is another boot
    assertEquals(new DeviceReleased(Cause.HOST_REBOOTED, null), next.body());
  }
}
