package dev.irqledger.web.http;

import dev.irqledger.web.LedgerQueries;
import dev.irqledger.web.LedgerStream;
import dev.irqledger.web.QueryException;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes and findings as they are committed, by server-sent events. Each carries the place behind
 * it, so that a browser which comes back goes on there by itself.
 */
final class StreamRoute implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamRoute.class);
  private static final Duration POLL = Duration.ofMillis(500);

  private final LedgerQueries queries;
  private final HttpLimits limits;
  private final Semaphore places;
  private volatile boolean closed;

  StreamRoute(LedgerQueries queries, HttpLimits limits) {
    this.queries = queries;
    this.limits = limits;
    this.places = new Semaphore(limits.streams());
  }

  void follow(Context request) {
    Parameters parameters = new Parameters(request, "host", "after");
    String host = parameters.host();
    // A browser that comes back repeats the address too: what it saw last counts.
    String seen = request.header("Last-Event-ID");
    String after = seen == null || seen.isEmpty() ? parameters.text("after") : seen;
    if (!places.tryAcquire()) {
      throw new Problem(ProblemType.BUSY, "as many clients as may be follow the stream");
    }
    try (LedgerStream stream = queries.follow(host, after)) {
      request.contentType("text/event-stream");
      request.header("Cache-Control", "no-store").header("X-Accel-Buffering", "no");
      if (!HandlerType.HEAD.equals(request.method())) {
        send(stream, request.res().getOutputStream());
      }
    } catch (IOException e) {
      LOG.debug("a client of the stream is gone", e);
    } catch (QueryException e) {
      if (!request.res().isCommitted()) {
        throw e;
      }
      LOG.info("a stream ends: {}", e.getMessage());
    } finally {
      places.release();
    }
  }

  /**
   * Sends until the client leaves or its time is over. It holds the thread of the request, which
   * costs little, being a virtual one: an asynchronous answer would have to be ended while Jetty
   * takes the request of a client that left apart.
   */
  private void send(LedgerStream stream, OutputStream out) throws IOException {
    long begun = System.nanoTime();
    long written = begun;
    write(out, "retry: 1000\nid: " + stream.start() + "\n\n");
    while (!closed && System.nanoTime() - begun < limits.streamLife().toNanos()) {
      List<LedgerStream.Message> messages = stream.next(patience());
      for (LedgerStream.Message message : messages) {
        write(out, text(message));
      }
      long now = System.nanoTime();
      if (!messages.isEmpty()) {
        written = now;
      } else if (now - written >= limits.heartbeat().toNanos()) {
        // Also the only way to learn that the client is gone.
        write(out, ":\n\n");
        written = now;
      }
    }
  }

  /** How long to wait for messages without looking whether the service ends. */
  private Duration patience() {
    return limits.heartbeat().compareTo(POLL) < 0 ? limits.heartbeat() : POLL;
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static String text(LedgerStream.Message message) {
    return switch (message) {
      case LedgerStream.Happened(var event, var position, String place) ->
          text("event", Json.text(EventForm.of(event, position)), place);
      case LedgerStream.Found(var finding, String place) ->
          text("finding", Json.text(FindingForm.of(finding)), place);
    };
  }

  /** JSON as it is written here has no line ends: it is one line of the stream. */
  private static String text(String kind, String json, String place) {
    return "event: " + kind + "\nid: " + place + "\ndata: " + json + "\n\n";
  }

  /** Ends all streams as soon as each has sent what it has. */
  @Override
  public void close() {
    closed = true;
  }
}
