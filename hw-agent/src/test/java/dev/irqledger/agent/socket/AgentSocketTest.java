package dev.irqledger.agent.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AgentSocketTest {
  private final CountDownLatch ended = new CountDownLatch(1);
  @TempDir private Path folder;

  /** Repeats what it is asked, after a line. */
  private final class Echo implements AgentSocket.Session {
    private final Consumer<Reply> replies;

    Echo(Consumer<Reply> replies) {
      this.replies = replies;
    }

    @Override
    public void handle(Request request) {
      replies.accept(new Reply.Line("asked"));
      replies.accept(new Reply.Failed(Reply.Kind.DEVICE, request.toString()));
    }

    @Override
    public void close() {
      ended.countDown();
    }
  }

  private AgentSocket listen() throws IOException {
    return AgentSocket.listen(folder, Echo::new);
  }

  @Test
  void a_request_is_answered_the_lines_first() throws IOException {
    List<String> lines = new ArrayList<>();
    Request request = new Request.Perform("0000:01:00.0", "open");
    try (AgentSocket _ = listen();
        AgentClient client = AgentClient.connect(folder)) {
      assertNotNull(client);
      for (int i = 0; i < 3; i++) {
        Reply reply = client.ask(request, line -> lines.add(line.text()));
        assertEquals(new Reply.Failed(Reply.Kind.DEVICE, request.toString()), reply);
      }
    }
    assertEquals(List.of("asked", "asked", "asked"), lines);
  }

  @Test
  void the_socket_is_its_owners_alone() throws IOException {
    try (AgentSocket _ = listen()) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(AgentSocket.path(folder))));
    }
  }

  @Test
  void where_no_agent_listens_there_is_no_client() throws IOException {
    assertNull(AgentClient.connect(folder));
    listen().close();
    assertNull(AgentClient.connect(folder));
  }

  @Test
  void what_a_dead_agent_left_is_no_agent_and_gives_way_to_the_next() throws IOException {
    try (var left = java.nio.channels.ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      left.bind(UnixDomainSocketAddress.of(AgentSocket.path(folder)));
    }
    assertTrue(Files.exists(AgentSocket.path(folder)));
    assertNull(AgentClient.connect(folder));
    try (AgentSocket _ = listen();
        AgentClient client = AgentClient.connect(folder)) {
      assertNotNull(client);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json\n",
        "{}\n",
        "{\"request\":\"dance\"}\n",
        "[1]\n",
        "\n",
        "null\n",
        "\0\0\0{\n"
      })
  void a_line_that_is_no_request_is_told_and_ends_the_connection(String line) throws Exception {
    try (AgentSocket _ = listen()) {
      String answer = raw(line.getBytes(StandardCharsets.UTF_8));
      assertTrue(answer.startsWith("{\"reply\":\"failed\",\"kind\":\"REQUEST\""), answer);
      assertEquals(1, answer.lines().count(), answer);
      assertTrue(ended.await(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void a_line_without_an_end_is_not_taken_for_ever() throws Exception {
    try (AgentSocket _ = listen()) {
      assertTrue(raw(new byte[JsonLines.MAX_LINE_BYTES + 1]).contains("longer than"));
    }
  }

  @Test
  void a_client_that_goes_ends_its_session() throws Exception {
    try (AgentSocket _ = listen()) {
      AgentClient client = AgentClient.connect(folder);
      assertInstanceOf(Reply.Failed.class, client.ask(new Request.Status(), _ -> {}));
      client.close();
      assertTrue(ended.await(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void a_client_that_comes_as_the_socket_closes_does_not_hold_that_up() throws Exception {
    for (int i = 0; i < 300; i++) {
      AgentSocket socket = listen();
      try (SocketChannel late = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        Thread closing = Thread.ofPlatform().daemon().unstarted(socket::close);
        late.connect(UnixDomainSocketAddress.of(AgentSocket.path(folder)));
        closing.start();
        assertTrue(closing.join(Duration.ofSeconds(10)), "still waits for a client, round " + i);
      }
    }
  }

  @Test
  void closing_it_again_does_nothing() throws Exception {
    AgentSocket socket = listen();
    socket.close();
    Thread again = Thread.ofPlatform().daemon().start(socket::close);
    assertTrue(again.join(Duration.ofSeconds(10)));
  }

  @Test
  void a_path_that_is_too_long_for_a_socket_says_so() {
    Path deep = folder.resolve("x".repeat(120));
    IOException e = assertThrows(IOException.class, () -> AgentSocket.listen(deep, Echo::new));
    assertTrue(e.getMessage().contains("--state-dir"), e.getMessage());
  }

  /** Sends bytes as they stand, and reads all that is answered. */
  private String raw(byte[] bytes) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(AgentSocket.path(folder)));
      ByteBuffer sent = ByteBuffer.wrap(bytes);
      while (sent.hasRemaining()) {
        channel.write(sent);
      }
      ByteBuffer answer = ByteBuffer.allocate(1 << 16);
      while (channel.read(answer) >= 0) {
        // until the other end closes
      }
      return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
    }
  }
}
