package dev.irqledger.agent.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** JSON objects, one a line, over a connection. Writing is safe for many threads. */
final class JsonLines implements Closeable {
  /** The longest line: an operation that names 2,048 eventfds has less than 16 KiB. */
  static final int MAX_LINE_BYTES = 64 * 1024;

  static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final SocketChannel channel;
  private final InputStream in;
  private final OutputStream out;

  JsonLines(SocketChannel channel) {
    this.channel = channel;
    this.in = new BufferedInputStream(Channels.newInputStream(channel));
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel));
  }

  /**
   * The next line's object; null at the end.
   *
   * @throws BadLineException if the line is none, or too long
   */
  <T> @Nullable T read(Class<T> type) throws IOException, BadLineException {
    byte[] line = line();
    if (line == null) {
      return null;
    }
    try {
      // As text: from bytes, Jackson guesses their encoding, and fails in another way.
      T value = JSON.readValue(new String(line, StandardCharsets.UTF_8), type);
      if (value == null) {
        throw new BadLineException("null stands for nothing here");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new BadLineException(e.getOriginalMessage());
    }
  }

  synchronized void write(Object value) throws IOException {
    out.write(JSON.writeValueAsBytes(value));
    out.write('\n');
    out.flush();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private byte @Nullable [] line() throws IOException, BadLineException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return line.size() == 0 ? null : line.toByteArray();
      }
      if (line.size() == MAX_LINE_BYTES) {
        throw new BadLineException("a line is longer than " + MAX_LINE_BYTES + " bytes");
      }
      line.write(b);
    }
    return line.toByteArray();
  }

  /** A line that makes no sense; nothing after it is read. */
  static final class BadLineException extends Exception {
    private static final long serialVersionUID = 1L;

    BadLineException(String message) {
      super(message);
    }
  }
}
