package dev.irqledger.fuzzing.targets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.irqledger.agent.socket.AgentSocket;
import dev.irqledger.agent.socket.Reply;
import dev.irqledger.agent.socket.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a client sends to the agent's socket. Each request is answered; the first line that is none
 * is answered with a failure, and ends the connection. Nothing is left without an answer.
 */
final class AgentSocketTarget implements Target {
  private static final JsonMapper JSON = new JsonMapper();

  private final Scratch scratch = new Scratch();
  private final AgentSocket socket;

  AgentSocketTarget() {
    try {
      socket = AgentSocket.listen(scratch.path(), Session::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers every request. */
  private record Session(Consumer<Reply> replies) implements AgentSocket.Session {
    @Override
    public void handle(Request request) {
      replies.accept(new Reply.Line(request.toString()));
      replies.accept(new Reply.Done(null));
    }

    @Override
    public void close() {}
  }

  @Override
  public void check(byte[] input) throws IOException {
    String answer = ask(input);
    if (input.length == 0) {
      return;
    }
    List<String> lines = answer.lines().toList();
    Broken.unless(!lines.isEmpty(), "something is answered");
    for (int i = 0; i < lines.size(); i++) {
      JsonNode reply = JSON.readTree(lines.get(i));
      String kind = reply.path("reply").asText();
      boolean failed = kind.equals("failed") && i == lines.size() - 1;
      Broken.unless(failed || kind.equals(i % 2 == 0 ? "line" : "done"), "an answer: " + reply);
    }
  }

  private String ask(byte[] input) throws IOException {
    try (SocketChannel channel =
        SocketChannel.open(UnixDomainSocketAddress.of(AgentSocket.path(scratch.path())))) {
      Thread sending = Thread.ofVirtual().start(() -> send(channel, input));
      byte[] answer = Channels.newInputStream(channel).readAllBytes();
      join(sending);
      return new String(answer, StandardCharsets.UTF_8);
    }
  }

  /** Whoever is refused need not be heard to the end. */
  private static void send(SocketChannel channel, byte[] input) {
    try {
      ByteBuffer left = ByteBuffer.wrap(input);
      while (left.hasRemaining()) {
        var _ = channel.write(left);
      }
      channel.shutdownOutput();
    } catch (IOException e) {
      // The agent has closed the connection: what it said before is looked at.
    }
  }

  private static void join(Thread sending) {
    try {
      sending.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Stream<byte[]> seeds() {
    return Stream.of(
            "{\"request\":\"perform\",\"device\":\"0000:01:00.0\",\"op\":\"open\"}\n",
            "{\"request\":\"bind\",\"device\":\"0000:01:00.0\",\"force\":true}\n",
            "{\"request\":\"reconcile\"}\n{\"request\":\"status\"}\n",
            "{\"request\":\"watch\"}")
        .map(Text::bytes);
  }

  @Override
  public List<String> words() {
    return List.of(
        "\"request\":", "\"perform\"", "\"status\"", "\"device\":", "null", "[[[[", "{}\n");
  }

  @Override
  public void close() throws IOException {
    socket.close();
    scratch.close();
  }
}
