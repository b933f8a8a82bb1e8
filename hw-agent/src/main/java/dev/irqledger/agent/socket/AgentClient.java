package dev.irqledger.agent.socket;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The asking end of the agent's socket. One thread at a time may use it. */
public final class AgentClient implements AutoCloseable {
  private final JsonLines connection;

  private AgentClient(JsonLines connection) {
    this.connection = connection;
  }

  /**
   * A connection to the agent whose journal is in that folder; null where none listens.
   *
   * @throws IOException if an agent may be there and cannot be asked, such as for want of
   *     permission
   */
  public static @Nullable AgentClient connect(Path folder) throws IOException {
    Path path = AgentSocket.path(folder);
    if (!Files.exists(path)) {
      return null;
    }
    SocketChannel channel = SocketChannel.open(java.net.StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(path));
      return new AgentClient(new JsonLines(channel));
    } catch (IOException e) {
      channel.close();
      if (refused(e)) {
        return null; // a dead agent left it; the next one takes it away
      }
      throw e;
    }
  }

  /**
   * Asks, and waits for the last line of the answer.
   *
   * @param lines is told the lines before it
   * @throws IOException if the agent ends before it has answered
   */
  public Reply ask(Request request, Consumer<? super Reply.Line> lines) throws IOException {
    connection.write(request);
    while (true) {
      Reply reply = read();
      if (reply instanceof Reply.Line line) {
        lines.accept(line);
      } else {
        return reply;
      }
    }
  }

  /** Tells every line until the agent ends. */
  public void lines(Consumer<? super Reply.Line> lines) throws IOException {
    try {
      for (Reply reply = connection.read(Reply.class);
          reply != null;
          reply = connection.read(Reply.class)) {
        if (reply instanceof Reply.Line line) {
          lines.accept(line);
        }
      }
    } catch (JsonLines.BadLineException e) {
      throw new IOException("the agent's answer makes no sense: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }

  private Reply read() throws IOException {
    try {
      Reply reply = connection.read(Reply.class);
      if (reply == null) {
        throw new IOException("the agent ended before it had answered");
      }
      return reply;
    } catch (JsonLines.BadLineException e) {
      throw new IOException("the agent's answer makes no sense: " + e.getMessage(), e);
    }
  }

  private static boolean refused(IOException e) {
    return e instanceof java.net.ConnectException
        || String.valueOf(e.getMessage()).contains("Connection refused");
  }
}
