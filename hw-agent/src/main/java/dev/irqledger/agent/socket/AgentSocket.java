package dev.irqledger.agent.socket;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The serving end of the agent's socket. Whoever may open the file may ask; it is its owner's
 * alone.
 */
public final class AgentSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AgentSocket.class);
  private static final String NAME = "agent.sock";

  /** {@code sun_path} of {@code sockaddr_un} without its last zero (unix(7)). */
  private static final int LONGEST_PATH = 107;

  /** So many clients at once; more wait in the kernel's queue. */
  private static final int CLIENTS = 16;

  private final Path path;
  private final ServerSocketChannel server;
  private final Sessions sessions;
  private final Semaphore places = new Semaphore(CLIENTS);

  /** They last: the number of one that ended might be given to a thread of another program. */
  private final ExecutorService clients =
      Executors.newFixedThreadPool(
          CLIENTS, Thread.ofPlatform().daemon().name("agent-client-", 1).factory());

  private final Set<JsonLines> open = ConcurrentHashMap.newKeySet();

  /** What becomes of a connection's requests. */
  @FunctionalInterface
  public interface Sessions {
    Session begin(Consumer<Reply> replies);
  }

  /** One connection's requests, in order. To close it gives back what it holds. */
  public interface Session extends AutoCloseable {
    /** Answers through the consumer that the session began with. */
    void handle(Request request);

    @Override
    void close();
  }

  private AgentSocket(Path path, ServerSocketChannel server, Sessions sessions) {
    this.path = path;
    this.server = server;
    this.sessions = sessions;
  }

  /** Where an agent listens whose journal is in that folder. */
  public static Path path(Path folder) {
    return folder.resolve(NAME);
  }

  /**
   * Begins to listen. Whoever calls this holds the journal's lock, so a socket that is there is one
   * of a dead agent.
   *
   * @throws IOException if that cannot be done, the path being too long for a socket included
   */
  public static AgentSocket listen(Path folder, Sessions sessions) throws IOException {
    Path path = path(folder);
    if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
      throw new IOException(
          path + " is too long for a socket's name: name a shorter --state-dir or --host");
    }
    Files.deleteIfExists(path);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      server.close();
      throw e;
    }
    AgentSocket socket = new AgentSocket(path, server, sessions);
    Thread.ofPlatform().daemon().name("agent-socket").start(socket::accept);
    return socket;
  }

  /** Ends all connections and waits until what they hold is given back. */
  @Override
  public void close() {
    try {
      server.close();
      for (JsonLines connection : open) {
        connection.close();
      }
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.warn("closing {}: {}", path, e.getMessage());
    }
    places.acquireUninterruptibly(CLIENTS);
    places.release(CLIENTS);
    clients.shutdown();
  }

  private void accept() {
    try {
      while (true) {
        places.acquireUninterruptibly();
        SocketChannel client = acceptOne();
        if (client == null) {
          places.release();
          return;
        }
        JsonLines connection = new JsonLines(client);
        open.add(connection);
        if (!server.isOpen()) {
          connection.close(); // whoever closed this may not have seen it
        }
        clients.execute(() -> serve(connection));
      }
    } catch (IOException e) {
      places.release();
      LOG.warn("{} takes no more clients: {}", path, e.getMessage());
    }
  }

  private @Nullable SocketChannel acceptOne() throws IOException {
    try {
      return server.accept();
    } catch (ClosedChannelException e) {
      return null;
    }
  }

  private void serve(JsonLines connection) {
    try (connection;
        Session session = sessions.begin(reply -> write(connection, reply))) {
      converse(connection, session);
    } catch (ClosedChannelException e) {
      LOG.debug("{} was closed under a client", path);
    } catch (IOException e) {
      LOG.info("a client of {} is gone: {}", path, e.getMessage());
    } finally {
      open.remove(connection);
      places.release();
    }
  }

  private void converse(JsonLines connection, Session session) throws IOException {
    try {
      for (Request request = connection.read(Request.class);
          request != null;
          request = connection.read(Request.class)) {
        session.handle(request);
      }
    } catch (JsonLines.BadLineException e) {
      write(connection, new Reply.Failed(Reply.Kind.REQUEST, "no request: " + e.getMessage()));
    }
  }

  /** A client that is gone misses the answer; what was done stays done, and is in the journal. */
  private void write(JsonLines connection, Reply reply) {
    try {
      connection.write(reply);
    } catch (IOException e) {
      LOG.debug("a client of {} did not wait for its answer: {}", path, e.getMessage());
    }
  }
}
