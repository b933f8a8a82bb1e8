package dev.irqledger.agent;

import static dev.irqledger.agent.Fixtures.CLOCK;
import static dev.irqledger.agent.Fixtures.HOST;
import static dev.irqledger.agent.Fixtures.NVME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.irqledger.agent.host.ModelledBackend;
import dev.irqledger.agent.journal.Sync;
import dev.irqledger.agent.publish.Cluster;
import dev.irqledger.agent.socket.AgentClient;
import dev.irqledger.agent.socket.AgentSocket;
import dev.irqledger.agent.socket.Reply;
import dev.irqledger.agent.socket.Request;
import dev.irqledger.core.device.Bdf;
import dev.irqledger.core.event.CommandRefused;
import dev.irqledger.core.event.DeviceReleased;
import dev.irqledger.core.event.InterruptEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients of an agent's socket, on a modelled host without a broker. */
@Timeout(120)
class ServedSessionTest {
  private static final Cluster NOBODY = new Cluster("127.0.0.1:1", Duration.ofSeconds(1));

  @TempDir private Path folder;
  private ModelledBackend backend;
  private HostAgent agent;
  private AgentSocket socket;
  private final Semaphore ended = new Semaphore(0);

  /** A session whose end is told. */
  private final class Told implements AgentSocket.Session {
    private final AgentSocket.Session session;

    Told(AgentSocket.Session session) {
      this.session = session;
    }

    @Override
    public void handle(Request request) {
      session.handle(request);
    }

    @Override
    public void close() {
      session.close();
      ended.release();
    }
  }

  @BeforeEach
  void begin() throws IOException {
    backend = new ModelledBackend(Fixtures.host());
    agent =
        HostAgent.start(new HostAgent.Setup(HOST, folder, Sync.OFF, NOBODY, 1, 1, CLOCK), backend);
    socket = AgentSocket.listen(folder, replies -> new Told(new ServedSession(agent, replies)));
  }

  @AfterEach
  void end() {
    socket.close();
    agent.close();
    backend.close();
  }

  private AgentClient client() throws IOException {
    AgentClient client = AgentClient.connect(folder);
    assertNotNull(client);
    return client;
  }

  private static Reply perform(AgentClient client, Bdf device, String op) throws IOException {
    return client.ask(new Request.Perform(device.text(), op), _ -> {});
  }

  /** The journal's events, folded; nothing is wrong with them. */
  private List<InterruptEvent> journalled() {
    LogReader log = new LogReader();
    agent.journal().undelivered(10_000).forEach(event -> log.read(event.value()));
    assertEquals(List.of(), log.violations());
    return log.events();
  }

  @Test
  void each_kind_of_answer_is_what_the_journal_has() throws IOException {
    try (AgentClient client = client()) {
      UUID opened = assertInstanceOf(Reply.Performed.class, perform(client, NVME, "open")).event();
      UUID again = assertInstanceOf(Reply.Refused.class, perform(client, NVME, "open")).event();
      Reply.Performed bad =
          assertInstanceOf(
              Reply.Performed.class, perform(client, NVME, "set 2 0 1 eventfd trigger s"));
      assertTrue(bad.result() < 0, bad.text());
      assertEquals(
          List.of(opened, again, bad.event()),
          journalled().stream().map(InterruptEvent::id).toList());
      assertEquals(Reply.Kind.REQUEST, failed(perform(client, NVME, "dance")).kind());
      assertEquals(
          Reply.Kind.DEVICE, failed(perform(client, new Bdf("0000:99:00.0"), "open")).kind());
      assertEquals(3, journalled().size());
    }
  }

  private static Reply.Failed failed(Reply reply) {
    return assertInstanceOf(Reply.Failed.class, reply);
  }

  @Test
  void a_client_that_goes_with_a_device_open_closes_it_and_that_is_an_event() throws Exception {
    AgentClient client = client();
    var _ = perform(client, NVME, "open");
    var _ = perform(client, NVME, "set 2 0 2 eventfd trigger e0,e1");
    assertTrue(agent.agent().holds(NVME));
    client.close();
    ended.acquire();
    assertFalse(agent.agent().holds(NVME));
    DeviceReleased released = assertInstanceOf(DeviceReleased.class, journalled().getLast().body());
    assertEquals(DeviceReleased.Cause.CLOSED, released.cause());
  }

  @Test
  void a_client_whose_open_was_refused_closes_nothing_when_it_goes() throws Exception {
    try (AgentClient holder = client()) {
      var _ = perform(holder, NVME, "open");
      try (AgentClient other = client()) {
        assertInstanceOf(Reply.Refused.class, perform(other, NVME, "open"));
      }
      ended.acquire();
      assertInstanceOf(CommandRefused.class, journalled().getLast().body());
      assertTrue(agent.agent().holds(NVME));
    }
  }

  @Test
  void a_client_that_closed_a_device_does_not_close_it_for_the_next_one() throws Exception {
    try (AgentClient next = client()) {
      try (AgentClient first = client()) {
        var _ = perform(first, NVME, "open");
        var _ = perform(first, NVME, "close");
        assertInstanceOf(Reply.Performed.class, perform(next, NVME, "open"));
      }
      ended.acquire();
      assertTrue(agent.agent().holds(NVME));
    }
  }

  @Test
  void of_many_clients_each_gets_its_own_answers_and_each_event_is_there_once() throws Exception {
    int clients = 40; // more than are served at once
    int asked = 15;
    List<Future<List<UUID>>> answers = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(clients)) {
      for (int i = 0; i < clients; i++) {
        Bdf device = i % 2 == 0 ? NVME : Fixtures.XHCI;
        Callable<List<UUID>> work = () -> ask(device, asked);
        answers.add(threads.submit(work));
      }
    }
    ended.acquire(clients);
    List<UUID> all = journalled().stream().map(InterruptEvent::id).toList();
    Set<UUID> once = new HashSet<>(all);
    assertEquals(all.size(), once.size());
    int told = 0;
    for (Future<List<UUID>> answer : answers) {
      List<UUID> own = answer.get();
      assertEquals(own, all.stream().filter(own::contains).toList(), "in the order asked");
      told += own.size();
    }
    assertEquals(clients * asked, told);
  }

  private List<UUID> ask(Bdf device, int count) throws IOException {
    List<UUID> events = new ArrayList<>();
    try (AgentClient client = client()) {
      for (int i = 0; i < count; i++) {
        String op = i % 3 == 0 ? "open" : i % 3 == 1 ? "set 2 0 1 eventfd trigger e0" : "close";
        switch (perform(client, device, op)) {
          case Reply.Performed performed -> events.add(performed.event());
          case Reply.Refused refused -> events.add(refused.event());
          case Reply other -> throw new AssertionError(other.toString());
        }
      }
    }
    return events;
  }
}
