package dev.irqledger.fuzzing.targets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.irqledger.web.ArchiveLedger;
import dev.irqledger.web.http.HttpLimits;
import dev.irqledger.web.http.HttpSettings;
import dev.irqledger.web.http.LedgerHttp;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends to the HTTP API, of an archive. Either the bytes of a connection, or the path
 * and query of a question. An answer is never a fault of the server; what is refused is told as a
 * problem of RFC 9457; and a question is always answered.
 */
final class HttpTarget implements Target {
  /** What Jetty says of a request in a version, or with a coding, that it does not speak. */
  private static final Set<Integer> NOT_SPOKEN = Set.of(501, 505);

  private static final int PATIENCE_MS = 8000;
  private static final JsonMapper JSON = new JsonMapper();

  private final boolean raw;
  private final Scratch scratch = new Scratch();
  private final ArchiveLedger ledger;
  private final LedgerHttp server;

  private HttpTarget(boolean raw) {
    this.raw = raw;
    var archive = scratch.path().resolve("archive");
    SampleArchive.write(archive);
    ledger = ArchiveLedger.open(archive);
    ledger.past().remember();
    server =
        LedgerHttp.start(
            HttpSettings.loopback(0).withLimits(HttpLimits.DEFAULT), ledger, () -> "a 1\n");
  }

  /** The bytes of a connection. */
  static HttpTarget connections() {
    return new HttpTarget(true);
  }

  /** Paths and queries. */
  static HttpTarget questions() {
    return new HttpTarget(false);
  }

  @Override
  public void check(byte[] input) throws IOException {
    byte[] answer = ask(raw ? input : question(input));
    if (answer.length == 0) {
      Broken.unless(raw, "a question is answered");
      return;
    }
    Answer read = Answer.of(new String(answer, StandardCharsets.ISO_8859_1));
    Broken.unless(read != null, "an answer is one of HTTP's");
    if (read != null) {
      judge(read, raw && new String(input, StandardCharsets.ISO_8859_1).startsWith("HEAD "));
    }
  }

  private void judge(Answer answer, boolean toHead) throws IOException {
    boolean notSpoken = raw && NOT_SPOKEN.contains(answer.status);
    Broken.unless(answer.status < 500 || notSpoken, "a fault: " + answer);
    boolean told = !toHead || !answer.body.isEmpty();
    if (told && answer.status >= 400 && answer.headers.contains("application/problem+json")) {
      JsonNode problem = JSON.readTree(answer.body);
      Broken.unlessEqual(answer.status, problem.path("status").asInt(), "the problem's status");
      Broken.unless(problem.hasNonNull("title"), "a problem has a title: " + problem);
    } else {
      // An answer to HEAD has no body, and says what the body would be.
      Broken.unless(answer.status < 400 || answer.body.isEmpty(), "no problem: " + answer);
    }
  }

  /** An answer's parts, the first answer's where there are several. */
  private record Answer(int status, String headers, String body) {
    static @Nullable Answer of(String text) {
      int head = text.indexOf("\r\n\r\n");
      String[] first = text.split("\r\n", 2)[0].split(" ", 3);
      if (head < 0 || first.length < 2 || !first[0].startsWith("HTTP/1.")) {
        return null;
      }
      int status = Integer.parseInt(first[1]);
      String rest = text.substring(head + 4);
      if (status == 100) {
        return of(rest);
      }
      String headers = text.substring(0, head).toLowerCase(Locale.ROOT);
      return new Answer(status, headers, body(headers, rest));
    }

    private static String body(String headers, String rest) {
      int at = headers.indexOf("content-length: ");
      if (at < 0) {
        return rest;
      }
      String number = headers.substring(at + "content-length: ".length()).split("\r\n", 2)[0];
      return rest.substring(0, Math.min(rest.length(), Integer.parseInt(number)));
    }
  }

  private static byte[] question(byte[] input) {
    StringBuilder address = new StringBuilder("GET /");
    for (byte b : input) {
      // What would end the line is written as a client has to.
      address.append(b > ' ' && b < 0x7f ? Character.toString(b) : "%%%02X".formatted(b & 0xff));
    }
    return address
        .append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .toString()
        .getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] ask(byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(PATIENCE_MS);
      OutputStream out = socket.getOutputStream();
      try {
        out.write(request);
        socket.shutdownOutput();
        return socket.getInputStream().readAllBytes();
      } catch (SocketException e) {
        return new byte[0]; // closed by the server in the middle of it
      }
    }
  }

  @Override
  public Stream<byte[]> seeds() {
    Stream<String> addresses =
        Stream.of(
            "v1/hosts?pageSize=1",
            "v1/hosts/hv-1/pressure",
            "v1/hosts/hv-1/holders?at=offset:0@3",
            "v1/hosts/hv-1/what-if?cpuVectors=400",
            "v1/devices?host=hv-1&at=time:2026-11-22T14:34:12Z",
            "v1/devices/hv-1/0000:01:00.0?at=offset:0@5&pageSize=4",
            "v1/devices/hv-1/0000:01:00.0/history?last=3",
            "v1/devices/hv-1/0000:01:00.0/history?pageSize=2",
            "v1/violations?host=hv-1&rule=CACHE_KEEPS_IRQ",
            "v1/timeline?host=hv-1&buckets=10",
            "v1/step?by=event&at=latest",
            "v1/rules",
            "v1/about",
            "v1/stream?after=0",
            "metrics",
            "openapi.json",
            "healthz",
            "readyz",
            "",
            "assets/index.js");
    return (raw ? addresses.map(HttpTarget::request) : addresses).map(Text::bytes);
  }

  private static String request(String address) {
    return "GET /" + address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  }

  @Override
  public List<String> words() {
    return raw
        ? List.of(
            "GET /",
            "HEAD /",
            "POST /",
            "OPTIONS *",
            " HTTP/1.1\r\n",
            " HTTP/1.0\r\n",
            "Host: localhost\r\n",
            "Connection: close\r\n",
            "Content-Length: ",
            "Transfer-Encoding: chunked\r\n",
            "Expect: 100-continue\r\n",
            "Range: bytes=0-\r\n",
            "Accept-Encoding: gzip\r\n",
            "Irq-Ledger-Forwarded: 1\r\n",
            "\r\n\r\n",
            "%00",
            "//")
        : List.of(
            "v1/",
            "hosts",
            "devices",
            "?",
            "&",
            "at=",
            "latest",
            "offset:0@",
            "time:",
            "host-time:",
            "event:",
            "cursor=",
            "pageSize=",
            "last=",
            "stale=allowed",
            "host=hv-1",
            "device=0000:01:00.0",
            "from=",
            "to=",
            "buckets=",
            "by=",
            "policy=",
            "%2F",
            "%00",
            "+",
            "%E4",
            "..",
            "+999999999-12-31T23:59:59Z");
  }

  @Override
  public void close() throws IOException {
    server.close();
    ledger.close();
    scratch.close();
  }
}
